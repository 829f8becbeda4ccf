-- What version 2 of a store on sqlite has more than version 1. Never changed: migrations begin here.
CREATE TABLE plan_alerts (run INTEGER NOT NULL, kind TEXT, money DOUBLE, urgent BOOLEAN, day DATE, until DATE, act_by
    DATE, sku TEXT, location TEXT, region TEXT, lane TEXT, units DOUBLE, says TEXT, what_to_do TEXT, FOREIGN KEY(run)
    REFERENCES optimizer_runs (run));
CREATE INDEX plan_alerts_run ON plan_alerts (run);
CREATE TABLE plan_changes (run INTEGER NOT NULL, kind TEXT, sku TEXT, units DOUBLE, money DOUBLE, lane_before TEXT,
    departs_before DATE, lane TEXT, departs_on DATE, place TEXT, reason TEXT, FOREIGN KEY(run) REFERENCES
    optimizer_runs (run));
CREATE INDEX plan_changes_run ON plan_changes (run);
UPDATE optimizer_store SET schema_version = 2;
