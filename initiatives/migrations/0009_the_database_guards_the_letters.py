"""What may never be among the letters: a gap in their numbers, a letter about what was never filed, bytes that are not
those of the digest.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION initiatives_guard_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM initiatives_initiative i WHERE i.id = NEW.initiative_id AND i.number IS NOT NULL) THEN
        RAISE EXCEPTION 'no letter about what was never filed' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.n <> 1 + (SELECT count(*) FROM initiatives_letter l WHERE l.initiative_id = NEW.initiative_id) THEN
        RAISE EXCEPTION 'letters of a file are numbered without gaps' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT ON initiatives_letter FOR EACH ROW EXECUTE FUNCTION initiatives_guard_letter();
ALTER TABLE initiatives_letterpaper ADD CONSTRAINT letter_has_the_bytes_of_its_digest CHECK (
    sha256 = encode(sha256(content), 'hex') AND substring(content FROM 1 FOR 5) = '\\x255044462d'
);
"""

REMOVE = """
ALTER TABLE initiatives_letterpaper DROP CONSTRAINT letter_has_the_bytes_of_its_digest;
DROP TRIGGER guard ON initiatives_letter;
DROP FUNCTION initiatives_guard_letter();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0008_letters_are_kept_for_good")]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
