// SPDX-License-Identifier: GPL-2.0-or-later
// A browser that transforms never loads this. One that does not is sent to the page that the server renders.
(() => {
  const address = new URL(location.href);
  const fields = address.search.slice(1).split("&").filter((field) => field && !/^view(=|$)/.test(field));
  address.search = "?" + [...fields, "view=html"].join("&");
  location.replace(address.href);
})();
