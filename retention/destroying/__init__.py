"""The clock of the 28 days, from what is due to the paper that says it is gone.

due                  what is due, in the words of SQL
review               the review of each hour, which plans what goes
valve, releases      what a run may not destroy before somebody has looked, and letting it go on
destruction          destroying what was planned, with its proof
losses               a file that was gone before its destruction had begun
runs                 what was reviewed and destroyed, run by run
declarations         declarations of destruction; their paper is made by declaration_papers
"""
