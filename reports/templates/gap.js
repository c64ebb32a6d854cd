"use strict";
(function () {
  const rows = Array.from(document.querySelectorAll("#gaps tbody tr"));
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const fields = Array.from(form.querySelectorAll("select, input"));
  const text = rows.map((row) => row.textContent.toLocaleLowerCase());
  function filter() {
    let count = 0;
    rows.forEach((row, index) => {
      const fits = fields.every((field) => {
        if (field.value === "") return true;
        if (field.type === "search") return text[index].includes(field.value.trim().toLocaleLowerCase());
        return row.dataset[field.name] === field.value;
      });
      row.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = String(count);
  }
  fields.forEach((field) => field.addEventListener("input", filter));
  form.querySelector("button").addEventListener("click", () => {
    fields.forEach((field) => { field.value = ""; });
    filter();
    fields[0].focus();
  });
  form.hidden = false;
  filter();
})();
