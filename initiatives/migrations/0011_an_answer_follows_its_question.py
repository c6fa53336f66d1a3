"""A question is asked without an answer, about what was filed; an answer follows the one before, and shows on its question.

The application cannot change a question (`bodycams/roles.py`). What an answer writes beside it (that it came, and the words in
which the two are found) is written by the owner's function, whoever adds the answer. The column `search` stands in no model: it
is never fetched.
"""

from django.db import migrations

GUARD = """
ALTER TABLE initiatives_question ADD COLUMN search tsvector;

CREATE FUNCTION initiatives_words_of_question(title text, text text, answer text) RETURNS tsvector LANGUAGE sql STABLE
RETURN to_tsvector('nederlands', title || ' ' || left(text, 20000) || ' ' || left(answer, 20000));

CREATE FUNCTION initiatives_guard_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'a question is not possible with an answer that nobody gave' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.initiative_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM initiatives_initiative i WHERE i.id = NEW.initiative_id AND i.number IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'not possible about what was never filed' USING ERRCODE = 'check_violation';
    END IF;
    NEW.search := initiatives_words_of_question(NEW.title, NEW.text, '');
    RETURN NEW;
END $$;

CREATE FUNCTION initiatives_guard_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last integer;
BEGIN
    PERFORM FROM initiatives_question WHERE id = NEW.question_id FOR UPDATE;
    SELECT COALESCE(max(version), 0) INTO last FROM initiatives_answer WHERE question_id = NEW.question_id;
    IF NEW.version <> last + 1 THEN
        RAISE EXCEPTION 'version % is not possible after version %', NEW.version, last USING ERRCODE = 'unique_violation';
    END IF;
    UPDATE initiatives_question SET answered_at = COALESCE(answered_at, NEW.answered_at),
        search = initiatives_words_of_question(title, text, NEW.text)
    WHERE id = NEW.question_id;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT ON initiatives_question FOR EACH ROW EXECUTE FUNCTION initiatives_guard_question();
CREATE TRIGGER guard BEFORE INSERT ON initiatives_answer FOR EACH ROW EXECUTE FUNCTION initiatives_guard_answer();

CREATE INDEX question_search ON initiatives_question USING gin (search);
"""
REMOVE = """
DROP TRIGGER guard ON initiatives_answer;
DROP TRIGGER guard ON initiatives_question;
DROP FUNCTION initiatives_guard_answer();
DROP FUNCTION initiatives_guard_question();
DROP FUNCTION initiatives_words_of_question(text, text, text);
ALTER TABLE initiatives_question DROP COLUMN search;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0004_the_register_is_searched"),
        ("initiatives", "0010_questions_go_to_the_project_leader"),
    ]
    operations = [migrations.RunSQL(GUARD, REMOVE)]
