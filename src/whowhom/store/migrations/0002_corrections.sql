-- What a person says of a record: right, wrong, or mended. It stands beside the record and never in its place.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('event', 'statement', 'pledge', 'relation', 'role')),  -- of what
  record TEXT NOT NULL,             -- id under which it was given: e12, or d7:e3 for what one report says
  verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'mended')),  -- what the person says
  fields TEXT NOT NULL,             -- JSON: by name of the field the value that is right
  note TEXT NOT NULL,               -- why
  "by" TEXT NOT NULL,               -- who says so, empty where not told
  at TEXT NOT NULL                  -- when, UTC
);
-- What a corrected record rests on: it finds the record again after its report was coded anew.
CREATE TABLE correction_ground (
  correction INTEGER NOT NULL REFERENCES correction ON DELETE CASCADE,
  document TEXT NOT NULL,           -- hash of the document; of an imported event its data set
  spans TEXT NOT NULL,              -- of an event its trigger, of a statement its words, else the evidence; of an imported event its key
  name TEXT NOT NULL,               -- of a relation its predicate, of a role its title, else empty
  PRIMARY KEY (correction, document, spans, name)
) WITHOUT ROWID;
CREATE INDEX correction_ground_document ON correction_ground (document, spans);

-- Events of an actor counted by month; kept true by the triggers below it.
CREATE TABLE actor_month (
  actor INTEGER NOT NULL,           -- who
  month TEXT NOT NULL,              -- 2020-09; an event known to the year only counts in its first month
  quad INTEGER NOT NULL,            -- as in event
  events INTEGER NOT NULL,          -- how many, on either side
  score REAL NOT NULL,              -- sum of their PLOVER scores
  PRIMARY KEY (actor, month, quad)
) WITHOUT ROWID;
-- Events of an actor counted over all time.
CREATE TABLE actor_total (
  actor INTEGER PRIMARY KEY,        -- who
  events INTEGER NOT NULL           -- how many have a date
);
CREATE TRIGGER party_counted AFTER INSERT ON party WHEN new.date IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM party p WHERE p.event = new.event AND p.actor = new.actor AND (p.side <> new.side OR p.position <> new.position)
) BEGIN
  INSERT INTO actor_month VALUES (new.actor, substr(new.date, 1, 7), new.quad, 1, new.goldstein)
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
  INSERT INTO actor_total VALUES (new.actor, 1) ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER party_uncounted AFTER DELETE ON party WHEN old.date IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM party p WHERE p.event = old.event AND p.actor = old.actor
) BEGIN
  UPDATE actor_month SET events = events - 1, score = score - old.goldstein
    WHERE actor = old.actor AND month = substr(old.date, 1, 7) AND quad = old.quad;
  DELETE FROM actor_month WHERE actor = old.actor AND month = substr(old.date, 1, 7) AND quad = old.quad AND events = 0;
  UPDATE actor_total SET events = events - 1 WHERE actor = old.actor;
  DELETE FROM actor_total WHERE actor = old.actor AND events = 0;
END;
CREATE TRIGGER party_moved AFTER UPDATE OF actor ON party WHEN old.date IS NOT NULL AND old.actor <> new.actor BEGIN
  UPDATE actor_month SET events = events - 1, score = score - old.goldstein
    WHERE actor = old.actor AND month = substr(old.date, 1, 7) AND quad = old.quad
    AND NOT EXISTS (SELECT 1 FROM party p WHERE p.event = old.event AND p.actor = old.actor);
  DELETE FROM actor_month WHERE actor = old.actor AND month = substr(old.date, 1, 7) AND quad = old.quad AND events = 0;
  UPDATE actor_total SET events = events - 1
    WHERE actor = old.actor AND NOT EXISTS (SELECT 1 FROM party p WHERE p.event = old.event AND p.actor = old.actor);
  DELETE FROM actor_total WHERE actor = old.actor AND events = 0;
  INSERT INTO actor_month SELECT new.actor, substr(new.date, 1, 7), new.quad, 1, new.goldstein WHERE NOT EXISTS (
      SELECT 1 FROM party p WHERE p.event = new.event AND p.actor = new.actor AND (p.side <> new.side OR p.position <> new.position))
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
  INSERT INTO actor_total SELECT new.actor, 1 WHERE NOT EXISTS (
      SELECT 1 FROM party p WHERE p.event = new.event AND p.actor = new.actor AND (p.side <> new.side OR p.position <> new.position))
  ON CONFLICT DO UPDATE SET events = events + 1;
END;

-- Events of a pair of countries counted by month; kept true by the triggers below it.
CREATE TABLE dyad_month (
  actor_country TEXT NOT NULL,      -- as in dyad
  recipient_country TEXT NOT NULL,  -- as in dyad
  month TEXT NOT NULL,              -- as in actor_month
  quad INTEGER NOT NULL,            -- as in event
  events INTEGER NOT NULL,          -- how many
  score REAL NOT NULL,              -- sum of their PLOVER scores
  PRIMARY KEY (actor_country, recipient_country, month, quad)
) WITHOUT ROWID;
-- Events of a pair of countries counted over all time.
CREATE TABLE dyad_total (
  actor_country TEXT NOT NULL,      -- as in dyad
  recipient_country TEXT NOT NULL,  -- as in dyad
  events INTEGER NOT NULL,          -- how many have a date
  PRIMARY KEY (actor_country, recipient_country)
) WITHOUT ROWID;
CREATE TRIGGER dyad_counted AFTER INSERT ON dyad WHEN new.date <> '' BEGIN
  INSERT INTO dyad_month VALUES (new.actor_country, new.recipient_country, substr(new.date, 1, 7), new.quad, 1, new.goldstein)
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
  INSERT INTO dyad_total VALUES (new.actor_country, new.recipient_country, 1) ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER dyad_uncounted AFTER DELETE ON dyad WHEN old.date <> '' BEGIN
  UPDATE dyad_month SET events = events - 1, score = score - old.goldstein WHERE actor_country = old.actor_country
    AND recipient_country = old.recipient_country AND month = substr(old.date, 1, 7) AND quad = old.quad;
  DELETE FROM dyad_month WHERE actor_country = old.actor_country AND recipient_country = old.recipient_country
    AND month = substr(old.date, 1, 7) AND quad = old.quad AND events = 0;
  UPDATE dyad_total SET events = events - 1
    WHERE actor_country = old.actor_country AND recipient_country = old.recipient_country;
  DELETE FROM dyad_total
    WHERE actor_country = old.actor_country AND recipient_country = old.recipient_country AND events = 0;
END;

-- Events at a place counted by month; kept true by the triggers below it.
CREATE TABLE place_month (
  lat REAL NOT NULL,                -- degrees north; 0 where it is not on the map
  lon REAL NOT NULL,                -- degrees east, likewise
  place TEXT NOT NULL,              -- name; empty where it is not on the map
  country TEXT NOT NULL,            -- country, likewise
  quad INTEGER NOT NULL,            -- as in event
  month TEXT NOT NULL,              -- as in actor_month
  events INTEGER NOT NULL,          -- how many
  score REAL NOT NULL,              -- sum of their PLOVER scores
  PRIMARY KEY (lat, lon, place, country, quad, month)
) WITHOUT ROWID;
CREATE TRIGGER event_placed AFTER INSERT ON event WHEN new.date IS NOT NULL BEGIN
  INSERT INTO place_month VALUES (
    coalesce(new.lat, 0), coalesce(new.lon, 0), iif(new.lat IS NULL, '', coalesce(new.place, '')),
    iif(new.lat IS NULL, '', coalesce(new.place_country, '')), new.quad, substr(new.date, 1, 7), 1, new.goldstein
  ) ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
END;
CREATE TRIGGER event_unplaced AFTER DELETE ON event WHEN old.date IS NOT NULL BEGIN
  UPDATE place_month SET events = events - 1, score = score - old.goldstein
    WHERE month = substr(old.date, 1, 7) AND lat = coalesce(old.lat, 0) AND lon = coalesce(old.lon, 0)
    AND place = iif(old.lat IS NULL, '', coalesce(old.place, ''))
    AND country = iif(old.lat IS NULL, '', coalesce(old.place_country, '')) AND quad = old.quad;
  DELETE FROM place_month
    WHERE month = substr(old.date, 1, 7) AND lat = coalesce(old.lat, 0) AND lon = coalesce(old.lon, 0) AND events = 0;
END;
CREATE TRIGGER event_replaced AFTER UPDATE OF date, lat, lon, place, place_country, quad, goldstein ON event BEGIN
  UPDATE place_month SET events = events - 1, score = score - old.goldstein
    WHERE month = substr(old.date, 1, 7) AND lat = coalesce(old.lat, 0) AND lon = coalesce(old.lon, 0)
    AND place = iif(old.lat IS NULL, '', coalesce(old.place, ''))
    AND country = iif(old.lat IS NULL, '', coalesce(old.place_country, '')) AND quad = old.quad;
  DELETE FROM place_month
    WHERE month = substr(old.date, 1, 7) AND lat = coalesce(old.lat, 0) AND lon = coalesce(old.lon, 0) AND events = 0;
  INSERT INTO place_month SELECT
    coalesce(new.lat, 0), coalesce(new.lon, 0), iif(new.lat IS NULL, '', coalesce(new.place, '')),
    iif(new.lat IS NULL, '', coalesce(new.place_country, '')), new.quad, substr(new.date, 1, 7), 1, new.goldstein WHERE new.date IS NOT NULL
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
END;

-- Events counted by day; kept true by the triggers below it.
CREATE TABLE event_day (
  day TEXT NOT NULL,                -- date of the event
  precision INTEGER NOT NULL,       -- characters of the date that are known: 4 year, 7 month, 10 day
  quad INTEGER NOT NULL,            -- as in event
  events INTEGER NOT NULL,          -- how many
  score REAL NOT NULL,              -- sum of their PLOVER scores
  PRIMARY KEY (day, precision, quad)
) WITHOUT ROWID;
CREATE TRIGGER event_dated AFTER INSERT ON event WHEN new.date IS NOT NULL BEGIN
  INSERT INTO event_day VALUES (new.date, length(coalesce(new.start, new.date)), new.quad, 1, new.goldstein)
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
END;
CREATE TRIGGER event_undated AFTER DELETE ON event WHEN old.date IS NOT NULL BEGIN
  UPDATE event_day SET events = events - 1, score = score - old.goldstein
    WHERE day = old.date AND precision = length(coalesce(old.start, old.date)) AND quad = old.quad;
  DELETE FROM event_day WHERE day = old.date AND events = 0;
END;
CREATE TRIGGER event_redated AFTER UPDATE OF start, date, quad, goldstein ON event BEGIN
  UPDATE event_day SET events = events - 1, score = score - old.goldstein
    WHERE day = old.date AND precision = length(coalesce(old.start, old.date)) AND quad = old.quad;
  DELETE FROM event_day WHERE day = old.date AND events = 0;
  INSERT INTO event_day
    SELECT new.date, length(coalesce(new.start, new.date)), new.quad, 1, new.goldstein WHERE new.date IS NOT NULL
  ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score;
END;

-- What an older store has already is counted now.
INSERT INTO actor_month
  SELECT actor, substr(date, 1, 7), quad, count(*), sum(goldstein)
  FROM (SELECT DISTINCT actor, event, date, quad, goldstein FROM party WHERE date IS NOT NULL) GROUP BY 1, 2, 3;
INSERT INTO actor_total SELECT actor, sum(events) FROM actor_month GROUP BY actor;
INSERT INTO dyad_month
  SELECT actor_country, recipient_country, substr(date, 1, 7), quad, count(*), sum(goldstein)
  FROM dyad WHERE date <> '' GROUP BY 1, 2, 3, 4;
INSERT INTO dyad_total SELECT actor_country, recipient_country, sum(events) FROM dyad_month GROUP BY 1, 2;
INSERT INTO place_month
  SELECT coalesce(lat, 0), coalesce(lon, 0), iif(lat IS NULL, '', coalesce(place, '')),
    iif(lat IS NULL, '', coalesce(place_country, '')), quad, substr(date, 1, 7), count(*), sum(goldstein)
  FROM event WHERE date IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO event_day
  SELECT date, length(coalesce(start, date)), quad, count(*), sum(goldstein) FROM event WHERE date IS NOT NULL
  GROUP BY 1, 2, 3;
