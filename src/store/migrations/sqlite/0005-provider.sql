-- Who gives the training, as it is counted; for reports like the columns beside it. Null unless the participant agreed.
ALTER TABLE conversation ADD COLUMN provider TEXT;
