/* Starts Swagger UI on the service's own description; asks nobody outside to check it. */
"use strict";

(() => {
  const place = document.getElementById("api-docs");
  window.SwaggerUIBundle({
    domNode: place,
    url: place.dataset.url,
    validatorUrl: null,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    requestInterceptor: (request) => {
      request.credentials = "same-origin";
      return request;
    },
  });
})();
