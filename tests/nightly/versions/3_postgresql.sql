-- What version 3 of a store on postgresql has more than version 2. Never changed: migrations begin here.
CREATE TABLE plan_path_deliver (run INTEGER NOT NULL, path INTEGER, location TEXT, region TEXT, sku TEXT, period
    INTEGER, units DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_path_deliver_run ON plan_path_deliver (run);
CREATE TABLE plan_path_end_cover (run INTEGER NOT NULL, path INTEGER, location TEXT, region TEXT, sku TEXT, bucket
    INTEGER, units DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_path_end_cover_run ON plan_path_end_cover (run);
CREATE TABLE plan_path_ship (run INTEGER NOT NULL, path INTEGER, lane TEXT, sku TEXT, period INTEGER, units DOUBLE
    PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_path_ship_run ON plan_path_ship (run);
UPDATE optimizer_store SET schema_version = 3;
