-- Version 1 of a store on postgresql, as that version made its tables. Never changed: migrations begin here.
CREATE TABLE optimizer_contents (digest TEXT NOT NULL, size BIGINT NOT NULL, packed BYTEA NOT NULL, PRIMARY KEY
    (digest));
CREATE TABLE optimizer_runs (run SERIAL NOT NULL, night DATE NOT NULL, state TEXT NOT NULL, scenario TEXT, input TEXT,
    source TEXT NOT NULL, began_at TIMESTAMP WITH TIME ZONE NOT NULL, ended_at TIMESTAMP WITH TIME ZONE, host TEXT NOT
    NULL, process INTEGER NOT NULL, started_from INTEGER, starts_on DATE, currency TEXT, status TEXT, total_cost
    DOUBLE PRECISION, mission_cost DOUBLE PRECISION, bound DOUBLE PRECISION, gap DOUBLE PRECISION, gap_share DOUBLE
    PRECISION, message TEXT, details JSON NOT NULL, PRIMARY KEY (run));
CREATE TABLE optimizer_store (id SERIAL NOT NULL CHECK (id = 1), schema_version INTEGER NOT NULL, scenario TEXT,
    in_force INTEGER, holder INTEGER, PRIMARY KEY (id));
CREATE TABLE optimizer_files (run INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (run, name),
    FOREIGN KEY(run) REFERENCES optimizer_runs (run), FOREIGN KEY(digest) REFERENCES optimizer_contents (digest));
CREATE INDEX optimizer_files_digest ON optimizer_files (digest);
CREATE TABLE plan_aged (run INTEGER NOT NULL, location TEXT, sku TEXT, period INTEGER, from_age_days INTEGER, units
    DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_aged_run ON plan_aged (run);
CREATE TABLE plan_charged (run INTEGER NOT NULL, lane TEXT, basis TEXT, period INTEGER, from_quantity DOUBLE
    PRECISION, charged DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_charged_run ON plan_charged (run);
CREATE TABLE plan_containers (run INTEGER NOT NULL, lane TEXT, container_type TEXT, period INTEGER, containers DOUBLE
    PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_containers_run ON plan_containers (run);
CREATE TABLE plan_costs (run INTEGER NOT NULL, line TEXT, amount DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES
    optimizer_runs (run));
CREATE INDEX plan_costs_run ON plan_costs (run);
CREATE TABLE plan_deliver (run INTEGER NOT NULL, location TEXT, region TEXT, sku TEXT, period INTEGER, units DOUBLE
    PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_deliver_run ON plan_deliver (run);
CREATE TABLE plan_departures (run INTEGER NOT NULL, lane TEXT, mode TEXT, origin TEXT, destination TEXT, period
    INTEGER, departs_on DATE, arrives_on DATE, units DOUBLE PRECISION, volume_m3 DOUBLE PRECISION, weight_kg DOUBLE
    PRECISION, containers TEXT, container_fill DOUBLE PRECISION, charged_kg DOUBLE PRECISION, charged_m3 DOUBLE
    PRECISION, amount DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_departures_run ON plan_departures (run);
CREATE TABLE plan_end_cover (run INTEGER NOT NULL, location TEXT, region TEXT, sku TEXT, bucket INTEGER, units DOUBLE
    PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_end_cover_run ON plan_end_cover (run);
CREATE TABLE plan_lost (run INTEGER NOT NULL, region TEXT, sku TEXT, period INTEGER, units DOUBLE PRECISION, FOREIGN
    KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_lost_run ON plan_lost (run);
CREATE TABLE plan_on_hand (run INTEGER NOT NULL, location TEXT, sku TEXT, period INTEGER, units DOUBLE PRECISION,
    FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_on_hand_run ON plan_on_hand (run);
CREATE TABLE plan_overflow (run INTEGER NOT NULL, location TEXT, period INTEGER, kind TEXT, volume_m3 DOUBLE
    PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_overflow_run ON plan_overflow (run);
CREATE TABLE plan_purchases (run INTEGER NOT NULL, supplier TEXT, destination TEXT, lane TEXT, sku TEXT, order_on
    DATE, departs_on DATE, arrives_on DATE, units DOUBLE PRECISION, cases DOUBLE PRECISION, unit_cost DOUBLE
    PRECISION, currency TEXT, amount DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_purchases_run ON plan_purchases (run);
CREATE TABLE plan_ship (run INTEGER NOT NULL, lane TEXT, sku TEXT, period INTEGER, units DOUBLE PRECISION, cases
    DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_ship_run ON plan_ship (run);
CREATE TABLE plan_shipments (run INTEGER NOT NULL, lane TEXT, mode TEXT, origin TEXT, destination TEXT, sku TEXT,
    departs_on DATE, arrives_on DATE, cases DOUBLE PRECISION, units DOUBLE PRECISION, volume_m3 DOUBLE PRECISION,
    weight_kg DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_shipments_run ON plan_shipments (run);
CREATE TABLE plan_target_shortfall (run INTEGER NOT NULL, location TEXT, sku TEXT, period INTEGER, units DOUBLE
    PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_target_shortfall_run ON plan_target_shortfall (run);
CREATE TABLE plan_transfers (run INTEGER NOT NULL, lane TEXT, mode TEXT, origin TEXT, destination TEXT, sku TEXT,
    departs_on DATE, arrives_on DATE, cases DOUBLE PRECISION, units DOUBLE PRECISION, volume_m3 DOUBLE PRECISION,
    weight_kg DOUBLE PRECISION, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_transfers_run ON plan_transfers (run);
INSERT INTO optimizer_store (id, schema_version) VALUES (1, 1);
