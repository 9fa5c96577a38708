-- A reminder counts only once what announced it was really said, and is about one of the participant's trainings: the
-- same step of two trainings has two of them.
CREATE TABLE reminder_once_said (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (id),
  requirement TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  armed_by INTEGER NOT NULL,
  -- The outbox row that must have reached the participant first; null once it has, or when there is none.
  waits_for INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  -- Why it was set aside; null while it is in force.
  parked TEXT,
  UNIQUE (conversation, requirement, armed_by)
) STRICT;
INSERT INTO reminder_once_said (id, conversation, requirement, due_at, armed_by, failures, parked)
  SELECT id, conversation, requirement, due_at, armed_by, failures, parked FROM reminder;
DROP TABLE reminder;
ALTER TABLE reminder_once_said RENAME TO reminder;
CREATE INDEX reminder_due ON reminder (due_at) WHERE parked IS NULL AND waits_for IS NULL;
CREATE INDEX reminder_waiting ON reminder (waits_for) WHERE waits_for IS NOT NULL;
CREATE INDEX reminder_parked ON reminder (id) WHERE parked IS NOT NULL;

-- What comes unasked is said between these two moments, or a day later between the same hours; null for replies.
ALTER TABLE outbox ADD COLUMN from_at INTEGER;
ALTER TABLE outbox ADD COLUMN until_at INTEGER;
