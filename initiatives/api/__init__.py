"""What programs can ask of the register: the addresses (`routes.py`) and the shapes of questions and answers
(`shapes.py`), as `docs/api.md` explains them. Which initiatives there are is `register/asked.py`'s question.
"""
