"""The roster of a sponsor group: who visits, drives or practises English, and what came of it."""
