-- Version 1 of a store on sqlite, as that version made its tables. Never changed: migrations begin here.
CREATE TABLE optimizer_contents (digest TEXT NOT NULL, size BIGINT NOT NULL, packed BLOB NOT NULL, PRIMARY KEY
    (digest));
CREATE TABLE optimizer_runs (run INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, night DATE NOT NULL, state TEXT NOT NULL,
    scenario TEXT, input TEXT, source TEXT NOT NULL, began_at DATETIME NOT NULL, ended_at DATETIME, host TEXT NOT
    NULL, process INTEGER NOT NULL, started_from INTEGER, starts_on DATE, currency TEXT, status TEXT, total_cost
    DOUBLE, mission_cost DOUBLE, bound DOUBLE, gap DOUBLE, gap_share DOUBLE, message TEXT, details JSON NOT NULL);
CREATE TABLE optimizer_store (id INTEGER NOT NULL CHECK (id = 1), schema_version INTEGER NOT NULL, scenario TEXT,
    in_force INTEGER, holder INTEGER, PRIMARY KEY (id));
CREATE TABLE optimizer_files (run INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (run, name),
    FOREIGN KEY(run) REFERENCES optimizer_runs (run), FOREIGN KEY(digest) REFERENCES optimizer_contents (digest));
CREATE INDEX optimizer_files_digest ON optimizer_files (digest);
CREATE TABLE plan_aged (run INTEGER NOT NULL, location TEXT, sku TEXT, period INTEGER, from_age_days INTEGER, units
    DOUBLE, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_aged_run ON plan_aged (run);
CREATE TABLE plan_charged (run INTEGER NOT NULL, lane TEXT, basis TEXT, period INTEGER, from_quantity DOUBLE, charged
    DOUBLE, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_charged_run ON plan_charged (run);
CREATE TABLE plan_containers (run INTEGER NOT NULL, lane TEXT, container_type TEXT, period INTEGER, containers DOUBLE,
    FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_containers_run ON plan_containers (run);
CREATE TABLE plan_costs (run INTEGER NOT NULL, line TEXT, amount DOUBLE, FOREIGN KEY(run) REFERENCES optimizer_runs
    (run));
CREATE INDEX plan_costs_run ON plan_costs (run);
CREATE TABLE plan_deliver (run INTEGER NOT NULL, location TEXT, region TEXT, sku TEXT, period INTEGER, units DOUBLE,
    FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_deliver_run ON plan_deliver (run);
CREATE TABLE plan_departures (run INTEGER NOT NULL, lane TEXT, mode TEXT, origin TEXT, destination TEXT, period
    INTEGER, departs_on DATE, arrives_on DATE, units DOUBLE, volume_m3 DOUBLE, weight_kg DOUBLE, containers TEXT,
    container_fill DOUBLE, charged_kg DOUBLE, charged_m3 DOUBLE, amount DOUBLE, FOREIGN KEY(run) REFERENCES
    optimizer_runs (run));
CREATE INDEX plan_departures_run ON plan_departures (run);
CREATE TABLE plan_end_cover (run INTEGER NOT NULL, location TEXT, region TEXT, sku TEXT, bucket INTEGER, units DOUBLE,
    FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_end_cover_run ON plan_end_cover (run);
CREATE TABLE plan_lost (run INTEGER NOT NULL, region TEXT, sku TEXT, period INTEGER, units DOUBLE, FOREIGN KEY(run)
    REFERENCES optimizer_runs (run));
CREATE INDEX plan_lost_run ON plan_lost (run);
CREATE TABLE plan_on_hand (run INTEGER NOT NULL, location TEXT, sku TEXT, period INTEGER, units DOUBLE, FOREIGN
    KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_on_hand_run ON plan_on_hand (run);
CREATE TABLE plan_overflow (run INTEGER NOT NULL, location TEXT, period INTEGER, kind TEXT, volume_m3 DOUBLE, FOREIGN
    KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_overflow_run ON plan_overflow (run);
CREATE TABLE plan_purchases (run INTEGER NOT NULL, supplier TEXT, destination TEXT, lane TEXT, sku TEXT, order_on
    DATE, departs_on DATE, arrives_on DATE, units DOUBLE, cases DOUBLE, unit_cost DOUBLE, currency TEXT, amount
    DOUBLE, FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_purchases_run ON plan_purchases (run);
CREATE TABLE plan_ship (run INTEGER NOT NULL, lane TEXT, sku TEXT, period INTEGER, units DOUBLE, cases DOUBLE, FOREIGN
    KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_ship_run ON plan_ship (run);
CREATE TABLE plan_shipments (run INTEGER NOT NULL, lane TEXT, mode TEXT, origin TEXT, destination TEXT, sku TEXT,
    departs_on DATE, arrives_on DATE, cases DOUBLE, units DOUBLE, volume_m3 DOUBLE, weight_kg DOUBLE, FOREIGN KEY(run)
    REFERENCES optimizer_runs (run));
CREATE INDEX plan_shipments_run ON plan_shipments (run);
CREATE TABLE plan_target_shortfall (run INTEGER NOT NULL, location TEXT, sku TEXT, period INTEGER, units DOUBLE,
    FOREIGN KEY(run) REFERENCES optimizer_runs (run));
CREATE INDEX plan_target_shortfall_run ON plan_target_shortfall (run);
CREATE TABLE plan_transfers (run INTEGER NOT NULL, lane TEXT, mode TEXT, origin TEXT, destination TEXT, sku TEXT,
    departs_on DATE, arrives_on DATE, cases DOUBLE, units DOUBLE, volume_m3 DOUBLE, weight_kg DOUBLE, FOREIGN KEY(run)
    REFERENCES optimizer_runs (run));
CREATE INDEX plan_transfers_run ON plan_transfers (run);
INSERT INTO optimizer_store (id, schema_version) VALUES (1, 1);
