"""What may never be among the editions: a gap in their numbers, one that two people did not agree on, a day that has
not begun, bytes that are not those of the digest.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION initiatives_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM initiatives_editionrequest r JOIN initiatives_editionverdict v ON v.proposal_id = r.id
        WHERE r.id = NEW.request_id AND v.outcome = 'bevestigd' AND v.decided_by_id <> r.proposed_by_id
        AND (r.peildatum, r.corrects_id) IS NOT DISTINCT FROM (NEW.peildatum, NEW.corrects_id)
    ) THEN
        RAISE EXCEPTION 'an edition is what two people agreed on' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.number <> 1 + (SELECT count(*) FROM initiatives_edition) THEN
        RAISE EXCEPTION 'editions are numbered without gaps' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.peildatum > (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date THEN
        RAISE EXCEPTION 'there is no edition of a day to come' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.corrects_id IS NOT NULL AND NEW.peildatum <>
        (SELECT e.peildatum FROM initiatives_edition e WHERE e.number = NEW.corrects_id)
    THEN
        RAISE EXCEPTION 'a correction is of the same day' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT ON initiatives_edition FOR EACH ROW EXECUTE FUNCTION initiatives_guard_edition();
CREATE TRIGGER two_people BEFORE INSERT ON initiatives_editionverdict
    FOR EACH ROW EXECUTE FUNCTION organisation_two_people('initiatives_editionrequest');
ALTER TABLE initiatives_editionpaper ADD CONSTRAINT edition_has_the_bytes_of_its_digest CHECK (
    sha256 = encode(sha256(content), 'hex') AND size = octet_length(content)
    AND substring(content FROM 1 FOR 5) = '\\x255044462d'
);
"""

REMOVE = """
ALTER TABLE initiatives_editionpaper DROP CONSTRAINT edition_has_the_bytes_of_its_digest;
DROP TRIGGER two_people ON initiatives_editionverdict;
DROP TRIGGER guard ON initiatives_edition;
DROP FUNCTION initiatives_guard_edition();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0027_editions_are_kept_for_good"),
        ("organisation", "0013_two_people_publish_an_edition"),
    ]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
