"""HTTP mechanism without domain: endpoints, pages, shapes, paging, errors, headers."""
