-- What the services to compare read and write: the same rows, narrow, unsealed, with the best indexes.
CREATE TABLE plain_household AS
    SELECT h.id, h.reference, h.display_name AS name, h.location, h.stream, h.arrived_on,
        h.programme_code, c.stage, c.stage_since, a.user_id AS caseworker_id, c.case_size AS size
    FROM household h
    JOIN resettlement_case c ON c.household_id = h.id
    JOIN assignment a ON a.household_id = h.id AND a.kind = 'primary';
CREATE UNIQUE INDEX plain_household_id ON plain_household (id);
CREATE INDEX plain_household_worker ON plain_household (caseworker_id, name, id, reference, location, stream, stage, stage_since, size);
CREATE INDEX plain_household_place ON plain_household (location, name, id, reference, stream, stage, stage_since, size);
CREATE INDEX plain_household_stage ON plain_household (programme_code, stage, stage_since, size);
CREATE TABLE plain_total AS
    SELECT 'w' AS kind, CAST(caseworker_id AS VARCHAR(36)) AS key, COUNT(*) AS total FROM plain_household GROUP BY caseworker_id
    UNION ALL SELECT 'l', location, COUNT(*) FROM plain_household GROUP BY location;
CREATE UNIQUE INDEX plain_total_key ON plain_total (kind, key);
CREATE TABLE plain_person AS
    SELECT p.id, m.household_id, p.given_name, p.family_name, p.sex, p.born_on, m.role
    FROM person p JOIN household_member m ON m.person_id = p.id;
CREATE UNIQUE INDEX plain_person_id ON plain_person (id);
CREATE INDEX plain_person_household ON plain_person (household_id);
CREATE TABLE plain_milestone AS
    SELECT id, household_id, code, domain, due_on, met_on, 1 AS version FROM milestone;
CREATE UNIQUE INDEX plain_milestone_id ON plain_milestone (id);
CREATE INDEX plain_milestone_household ON plain_milestone (household_id, code, domain, due_on, met_on, id);
CREATE INDEX plain_milestone_open ON plain_milestone (household_id, due_on, code) WHERE met_on IS NULL;
CREATE TABLE plain_placement AS
    SELECT p.id, p.household_id, p.kind, p.location, p.start_on, p.end_on, g.legal_name AS group_name
    FROM placement p
    LEFT JOIN sponsorship s ON s.household_id = p.household_id
    LEFT JOIN sponsor_group g ON g.id = s.group_id;
CREATE INDEX plain_placement_household ON plain_placement (household_id);
CREATE UNIQUE INDEX plain_placement_id ON plain_placement (id);
CREATE TABLE plain_note AS
    SELECT id, household_id, author_id, occurred_at, channel, minutes,
        'Visited the family. The heating works; school begins on Monday; asked for a dentist.' AS text
    FROM contact_note;
CREATE UNIQUE INDEX plain_note_id ON plain_note (id);
CREATE INDEX plain_note_household ON plain_note (household_id, occurred_at DESC, id DESC);
CREATE TABLE plain_audit (id VARCHAR(36) PRIMARY KEY, at VARCHAR(40), user_id VARCHAR(36), action VARCHAR(40), record_id VARCHAR(36));
CREATE TABLE plain_word AS
    SELECT DISTINCT k.letters AS word, k.person_id, m.household_id, h.location
    FROM name_key k JOIN household_member m ON m.person_id = k.person_id
    JOIN household h ON h.id = m.household_id;
CREATE INDEX plain_word_place ON plain_word (location, word, person_id, household_id);
CREATE INDEX plain_word_person ON plain_word (person_id);
