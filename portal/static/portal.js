/* What HTML and htmx leave out: when htmx comes, where the focus goes, what is said, three buttons. */
(d => {
  const said = d.querySelector("#anuncio"), nav = navigator, { htmx } = d.currentScript.dataset;
  let timer, script, held, plain;
  const say = text => {
    said.textContent = "";
    setTimeout(() => said.textContent = text, 80);
  };
  const show = () => d.querySelectorAll(".ferramentas [hidden]").forEach(button => {
    const { copiar, partilhar } = button.dataset;
    button.hidden = copiar && !nav.clipboard || partilhar && !nav.share;
  });
  const on = (name, run) => d.addEventListener(name, e => run(e.target, e.detail));
  const wait = element => {
    element.setAttribute("aria-busy", true);
    timer = setTimeout(say, 300, "Carregando…");
  };
  const stop = element => {
    clearTimeout(timer);
    element.removeAttribute("aria-busy");
  };
  const fail = (element, href) => {
    element.insertAdjacentHTML("afterend", '<p class="nota" role="alert">Não deu para carregar. Confira a internet.&nbsp;<a>Tentar de novo</a></p>');
    element.nextSibling.lastChild.href = href;
  };

  // Who only reads needs no htmx, which weighs more than the rest of a visit: it comes with the first
  // focus or pointer on what it serves, and a press waits for it. When it has not come in three
  // seconds, the press goes the way it goes without JavaScript.
  const press = () => {
    const element = held;
    if (!element) return;
    held = 0;
    stop(element);
    // The page is worth more than the browser's own word for being offline.
    if (element.href && !nav.onLine) return fail(element, element.href);
    plain = 1;
    (element.requestSubmit || element.submit || element.click).call(element);
  };
  const bring = () => {
    const meta = d.createElement("meta");
    meta.name = "htmx-config";
    meta.content = '{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"historyCacheSize":0,"refreshOnHistoryMiss":true}';
    script = d.createElement("script");
    script.onload = press;
    script.onerror = () => press(script = 0);
    script.src = htmx;
    d.head.append(meta, script);
  };
  const serve = e => {
    const element = e.target.closest("[data-hx-get],[data-hx-post]");
    if (!element || plain || window.htmx) return;
    if (!script) bring();
    if (e.type === "submit" || e.type === "click" && element.href && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      if (held) return;
      wait(held = element);
      setTimeout(press, 3000);
    }
  };
  // Before, htmx could wait for a DOMContentLoaded that has been.
  addEventListener("load", () => ["focusin", "mouseover", "click", "submit"].forEach(name => d.addEventListener(name, serve)));
  // An address that htmx gave to a page which was loaded anew since. When it comes it sees to that.
  window.onpopstate = e => e.state && location.reload();

  on("click", target => {
    const button = target.closest(".ferramentas button"), data = button ? button.dataset : {};
    if (data.copiar) nav.clipboard.writeText(data.copiar).then(() => say(button.lastChild.data = "Número copiado"));
    else if (data.partilhar) nav.share({ title: d.title, url: data.partilhar }).catch(show);
    else if (button) print();
  });
  on("htmx:beforeRequest", (_, detail) => wait(detail.target));
  on("htmx:beforeSwap", (_, detail) => {
    // An error page that has words for the reader takes the place of the answer.
    if (/404|422|429|503/.test(detail.xhr.status)) {
      detail.shouldSwap = true;
      detail.isError = false;
      detail.target = d.querySelector("#resposta");
      detail.selectOverride = "#resposta";
      detail.swapOverride = "outerHTML";
    }
  });
  on("htmx:afterRequest", (_, detail) => {
    stop(detail.target);
    if (!detail.successful) fail(detail.elt, detail.pathInfo.finalRequestPath);
  });
  on("htmx:afterSettle", target => {
    const foco = target.matches("[data-foco]") ? target : target.querySelector("[data-foco]");
    if (foco) foco.focus();
    if (target.dataset.anuncio) say(target.dataset.anuncio);
    show();
  });

  show();
  const error = d.querySelector("[role=alert]");
  if (error) error.focus();
})(document);
