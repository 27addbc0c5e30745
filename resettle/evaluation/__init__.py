"""The programme in numbers: where households stand, what was met in time; no names, few told."""
