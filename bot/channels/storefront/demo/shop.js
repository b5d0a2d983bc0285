/** The demo shop: sets the page's language from ?lang= and shows the sample orders. */

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

function setLanguage() {
  const chosen = new URLSearchParams(location.search).get("lang");
  const link = chosen && document.querySelector(`.languages a[hreflang="${CSS.escape(chosen)}"]`);
  if (!link) return;
  document.documentElement.lang = chosen;
  document.documentElement.dir = RIGHT_TO_LEFT.has(chosen) ? "rtl" : "ltr";
  link.setAttribute("aria-current", "true");
  const label = document.querySelector("#language");
  label.textContent = link.textContent;
  label.lang = chosen;
}

async function showSamples() {
  const list = document.querySelector("#samples");
  try {
    const response = await fetch("/demo/samples.json");
    if (!response.ok) throw new Error(`samples: ${response.status}`);
    const samples = await response.json();
    list.replaceChildren(...samples.map(row));
  } catch (error) {
    console.warn(error);
    list.hidden = true;
    document.querySelector("#samples-missing").hidden = false;
  }
  list.removeAttribute("aria-busy");
}

function row(sample) {
  const item = document.querySelector("#sample").content.cloneNode(true);
  item.querySelector(".number").textContent = sample.order_number;
  item.querySelector(".email").textContent = sample.email;
  item.querySelector(".postcode").textContent = sample.postcode;
  item.querySelector(".state").textContent = String(sample.state).replaceAll("_", " ");
  return item;
}

/** A menu that stays open over the page is in the way: close it with Escape or a click elsewhere. */
function closeMenu() {
  const menu = document.querySelector(".languages");
  document.addEventListener("click", (event) => menu.contains(event.target) || (menu.open = false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

setLanguage();
closeMenu();
showSamples();
