"""Mechanism without domain and without Flask: tables, work, access, audit, jobs, keys."""
