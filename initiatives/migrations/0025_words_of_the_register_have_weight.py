"""What is found in the register has weight: a title before names, names before long texts; its unit's name is found too.

`search` stands in no model: it is never fetched, and a trigger fills it, since a unit's name stands in another table.
Names keep the words that Dutch has everywhere (‘ME’, ‘OM’): a question that consists of nothing else looks for those. A word
of four letters or more is also the beginning of a word, a shorter one is only itself. A very long text is found by its
beginning.
"""

from django.db import migrations

ASKED = r"""
CREATE OR REPLACE FUNCTION initiatives_asked(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(
        COALESCE(NULLIF(websearch_to_tsquery('nederlands', words), ''), websearch_to_tsquery('nederlandse_namen', words))::text,
        $$(?<='[^' ]{4,})'(?=[ )]|$)$$, $$':*$$, 'g')::tsquery;
"""
ASKED_BEFORE = r"""
CREATE OR REPLACE FUNCTION initiatives_asked(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(websearch_to_tsquery('nederlands', words)::text, $$(?<=....)'(?=[ )]|$)$$, $$':*$$, 'g')::tsquery;
"""
INDEX = """
CREATE INDEX initiative_search ON initiatives_initiative USING gin (search, kinds, requested_support)
    WHERE number IS NOT NULL;
"""
NAMES = """
CREATE TEXT SEARCH DICTIONARY nederlandse_namen (TEMPLATE = snowball, Language = dutch);
CREATE TEXT SEARCH CONFIGURATION nederlandse_namen (COPY = nederlands);
ALTER TEXT SEARCH CONFIGURATION nederlandse_namen ALTER MAPPING REPLACE dutch_stem WITH nederlandse_namen;
"""
SEARCH = """
ALTER TABLE initiatives_initiative DROP COLUMN search;
ALTER TABLE initiatives_initiative ADD COLUMN search tsvector;

CREATE FUNCTION initiatives_words(said initiatives_initiative) RETURNS tsvector LANGUAGE sql STABLE RETURN
    setweight(to_tsvector('nederlandse_namen', said.title), 'A')
    || setweight(to_tsvector('nederlandse_namen',
        (SELECT name || ' ' || code FROM organisation_unit WHERE id = said.unit_id) || ' ' || said.vendor || ' '
        || said.model_name || ' ' || said.teams || ' ' || said.contract), 'B')
    || to_tsvector('nederlands',
        left(said.description, 20000) || ' ' || left(said.research_question, 20000) || ' ' || left(said.situations, 20000) || ' '
        || left(said.proportionality, 10000) || ' ' || left(said.announcement, 10000) || ' ' || left(said.vendor_reasons, 10000));

CREATE FUNCTION initiatives_find() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search := initiatives_words(NEW);
    RETURN NEW;
END $$;
CREATE FUNCTION initiatives_find_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE initiatives_initiative i SET search = initiatives_words(i) WHERE unit_id = NEW.id;
    RETURN NULL;
END $$;

ALTER TABLE initiatives_initiative DISABLE TRIGGER USER;
UPDATE initiatives_initiative i SET search = initiatives_words(i);
ALTER TABLE initiatives_initiative ENABLE TRIGGER USER;
ALTER TABLE initiatives_initiative ALTER COLUMN search SET NOT NULL;
"""
FOLLOW = """
CREATE TRIGGER words BEFORE INSERT ON initiatives_initiative FOR EACH ROW EXECUTE FUNCTION initiatives_find();
CREATE TRIGGER other_words BEFORE UPDATE ON initiatives_initiative FOR EACH ROW WHEN (
    (OLD.unit_id, OLD.title, OLD.vendor, OLD.model_name, OLD.teams, OLD.contract, OLD.description, OLD.research_question,
     OLD.situations, OLD.proportionality, OLD.announcement, OLD.vendor_reasons)
    IS DISTINCT FROM
    (NEW.unit_id, NEW.title, NEW.vendor, NEW.model_name, NEW.teams, NEW.contract, NEW.description, NEW.research_question,
     NEW.situations, NEW.proportionality, NEW.announcement, NEW.vendor_reasons)
) EXECUTE FUNCTION initiatives_find();
CREATE TRIGGER other_words AFTER UPDATE ON organisation_unit FOR EACH ROW
    WHEN ((OLD.name, OLD.code) IS DISTINCT FROM (NEW.name, NEW.code)) EXECUTE FUNCTION initiatives_find_unit();
"""
REMOVE = """
DROP TRIGGER other_words ON organisation_unit;
DROP TRIGGER other_words ON initiatives_initiative;
DROP TRIGGER words ON initiatives_initiative;
DROP FUNCTION initiatives_find_unit();
DROP FUNCTION initiatives_find();
ALTER TABLE initiatives_initiative DROP COLUMN search;
DROP FUNCTION initiatives_words(initiatives_initiative);
ALTER TABLE initiatives_initiative ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('nederlands',
    title || ' ' || teams || ' ' || vendor || ' ' || model_name || ' ' || contract || ' '
    || left(description, 20000) || ' ' || left(research_question, 20000) || ' ' || left(situations, 20000)
)) STORED;
"""
REMOVE_NAMES = """
DROP TEXT SEARCH CONFIGURATION nederlandse_namen;
DROP TEXT SEARCH DICTIONARY nederlandse_namen;
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0024_the_documents_that_policy_rests_on")]
    operations = [
        migrations.RunSQL(
            [NAMES, ASKED, SEARCH, INDEX, FOLLOW],
            [REMOVE, INDEX, ASKED_BEFORE, REMOVE_NAMES],
        )
    ]
