"""What a file says in words can be searched in Dutch, whatever the accents; kinds and support by the same index.

The column stands in no model: it is never fetched, and the database fills it. A very long text is indexed by its beginning.
In a question a word of four letters or more is also the beginning of a word: ‘horeca’ finds ‘horecadiensten’.
"""

from django.db import migrations

SEARCH = """
CREATE TEXT SEARCH CONFIGURATION nederlands (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION nederlands ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;

ALTER TABLE initiatives_initiative ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('nederlands',
    title || ' ' || teams || ' ' || vendor || ' ' || model_name || ' ' || contract || ' '
    || left(description, 20000) || ' ' || left(research_question, 20000) || ' ' || left(situations, 20000)
)) STORED;

CREATE INDEX initiative_search ON initiatives_initiative USING gin (search, kinds, requested_support)
    WHERE number IS NOT NULL;

CREATE FUNCTION initiatives_asked(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(websearch_to_tsquery('nederlands', words)::text, $$(?<=....)'(?=[ )]|$)$$, $$':*$$, 'g')::tsquery;
"""
REMOVE = """
DROP FUNCTION initiatives_asked(text);
ALTER TABLE initiatives_initiative DROP COLUMN search;
DROP TEXT SEARCH CONFIGURATION nederlands;
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_the_register_is_listed")]
    operations = [migrations.RunSQL(SEARCH, REMOVE)]
