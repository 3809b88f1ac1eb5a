/* Files of a petition: each leaves the moment it is chosen, in pieces, by tus 1.0.0, and goes on where
   it stopped. Without this the form beside it sends them whole. And answers that save themselves. */
(d => {
  const PIECE = 524288, PAUSE = 2000, LONGEST = 60000, said = d.getElementById("anuncio");
  const AWAY = "Sem conexão. Continua sozinho quando ela voltar.";
  const pause = time => new Promise(done => {
    setTimeout(done, time);
    addEventListener("online", done, { once: true });
  });
  const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  async function ask(url, method, headers, body, tell) {
    // What the network loses is asked again, ever more slowly; what the portal refuses is not.
    for (let wait = PAUSE; ; wait = Math.min(2 * wait, LONGEST)) {
      try {
        const answer = await fetch(url, { method, body, redirect: "manual", headers: { "Tus-Resumable": "1.0.0", ...headers } });
        if (![429, 500, 502, 503, 504].includes(answer.status)) return answer;
      } catch { tell(AWAY); }
      await pause(wait);
    }
  }

  async function send(file, form, show, tell) {
    const csrf = d.querySelector("#perguntas [name=csrf]").value, { envio, documento } = form.dataset;
    const headers = { "X-CSRF-Token": csrf };
    const told = { filename: file.name, filetype: file.type, documento };
    const made = await ask(envio + "/arquivos", "POST", { ...headers,
      "Upload-Length": file.size,
      "Upload-Metadata": Object.entries(told).filter(pair => pair[1]).map(pair => pair[0] + " " + base64(pair[1])).join(","),
    }, null, tell);
    if (made.status !== 201) return made.status === 413 ? "Passa do limite." : "Não foi possível enviar. Recarregue a página.";
    const url = made.headers.get("Location");
    let at = +made.headers.get("Upload-Offset");
    while (at < file.size) {
      show(Math.floor(100 * at / file.size));
      const answer = await ask(url, "PATCH", { ...headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": at }, file.slice(at, at + PIECE), tell);
      if (![204, 409].includes(answer.status)) return "Não foi possível enviar. Recarregue a página.";
      at = +answer.headers.get("Upload-Offset");
      tell("");
    }
    return "";
  }

  async function sendAll(form, files) {
    const list = form.querySelector(".vindo");
    let problem = "";
    for (const file of files) {
      const line = d.createElement("li"), bar = d.createElement("progress"), note = d.createElement("span");
      bar.max = 100;
      bar.setAttribute("aria-label", file.name);
      line.append(file.name + " ", bar, note);
      list.append(line);
      list.hidden = false;
      said.textContent = "Enviando " + file.name;
      // A screen reader hears each change of this once; how far it has come, it asks the bar.
      const tell = text => note.textContent === text || (said.textContent = note.textContent = text);
      const failed = await send(file, form, part => bar.value = part, tell);
      bar.remove();
      note.textContent = failed || "Enviado.";
      if (failed) problem = file.name + ": " + failed;
    }
    const answer = await fetch(form.dataset.envio + "?documentos=1", { headers: { "HX-Request": "true" } }).catch(() => ({}));
    if (!answer.ok || problem) return said.textContent = problem || "Enviado. Recarregue a página.";
    const chosen = form.closest("section").id;
    d.getElementById("documentos").outerHTML = await answer.text();
    prepare();
    const news = [...d.querySelectorAll("#" + chosen + " .arquivos > li")].slice(-files.length);
    const refused = news.find(line => line.matches(".recusado"));
    said.textContent = refused ? refused.firstElementChild.textContent : files.length > 1 ? "Arquivos recebidos" : "Arquivo recebido";
    // The field that the files were chosen in is another one now.
    const field = d.querySelector("#" + chosen + " input[type=file]") || d.getElementById(chosen);
    if (d.activeElement === d.body) field.focus();
  }

  const prepare = () => d.querySelectorAll("[data-envio] button").forEach(button => button.hidden = true);
  d.addEventListener("change", e => {
    const form = e.target.closest("[data-envio]");
    if (form && e.target.type === "file" && e.target.files.length) sendAll(form, [...e.target.files]), e.target.value = "";
  });
  prepare();

  // An answer that saves itself has nothing to say while it does; when it could not, the whole form
  // takes it along later.
  const saving = (name, run) => d.addEventListener(name, e => {
    if (!e.target.closest("#perguntas")) return;
    e.stopPropagation();
    run(e.detail);
  }, true);
  saving("htmx:beforeRequest", () => {});
  saving("htmx:beforeSwap", () => {});
  saving("htmx:afterRequest", ({ successful, target }) => {
    if (!successful) target.textContent = "Ainda não foi guardado. Continue: o botão lá embaixo guarda tudo.";
  });
  d.addEventListener("htmx:afterSettle", e => {
    const question = e.target.closest(".pergunta");
    if (!question || !e.target.id.endsWith("-estado")) return;
    const field = question.matches("fieldset") ? question : question.querySelector("[name]");
    field.toggleAttribute("aria-invalid", false);
    if (e.target.matches(".erro")) field.setAttribute("aria-invalid", true);
  });
})(document);
