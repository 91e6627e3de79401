"use strict";

// Without this, keys would go nowhere until somebody clicks. That the screen is there stands in the classes of body.
new MutationObserver((_changes, observer) => {
  if (document.body.classList.contains("-first-byte")) {
    observer.disconnect();
    document.querySelector(".xterm-helper-textarea").focus();
  }
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
