/* Files of a petition: each leaves the moment it is chosen, in pieces, by tus 1.0.0, and goes on where
   it stopped. Without this the form beside it sends them whole. */
(d => {
  const PIECE = 524288, PAUSE = 2000, LONGEST = 60000, said = d.getElementById("anuncio");
  const pause = time => new Promise(done => setTimeout(done, time));
  const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  async function ask(url, method, headers, body) {
    // What the network loses is asked again, ever more slowly; what the portal refuses is not.
    for (let wait = PAUSE; ; wait = Math.min(2 * wait, LONGEST)) {
      try {
        const answer = await fetch(url, { method, body, redirect: "manual", headers: { "Tus-Resumable": "1.0.0", ...headers } });
        if (![429, 500, 502, 503, 504].includes(answer.status)) return answer;
      } catch { /* no connection */ }
      await pause(wait);
    }
  }

  async function send(file, form, tell) {
    const csrf = form.elements.csrf.value, documento = form.elements.documento.value;
    const headers = { "X-CSRF-Token": csrf };
    const told = { filename: file.name, filetype: file.type, documento };
    const made = await ask(form.action, "POST", { ...headers,
      "Upload-Length": file.size,
      "Upload-Metadata": Object.entries(told).filter(pair => pair[1]).map(pair => pair[0] + " " + base64(pair[1])).join(","),
    });
    if (made.status !== 201) return made.status === 413 ? "Passa do limite." : "Não foi possível enviar. Recarregue a página.";
    const url = made.headers.get("Location");
    let at = +made.headers.get("Upload-Offset");
    while (at < file.size) {
      tell(Math.floor(100 * at / file.size));
      const answer = await ask(url, "PATCH", { ...headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": at }, file.slice(at, at + PIECE));
      if (![204, 409].includes(answer.status)) return "Não foi possível enviar. Recarregue a página.";
      at = +answer.headers.get("Upload-Offset");
    }
    return "";
  }

  async function sendAll(form, files) {
    const list = form.querySelector(".vindo");
    let problem = "";
    for (const file of files) {
      const line = d.createElement("li"), bar = d.createElement("progress");
      bar.max = 100;
      bar.setAttribute("aria-label", file.name);
      line.append(file.name + " ", bar);
      list.append(line);
      list.hidden = false;
      const failed = await send(file, form, part => bar.value = part);
      bar.remove();
      line.append(failed || "Enviado.");
      if (failed) problem = file.name + ": " + failed;
    }
    said.textContent = problem || "Arquivos enviados";
    const answer = await fetch(form.dataset.envio + "?documentos=1", { headers: { "HX-Request": "true" } });
    if (!answer.ok || problem) return;
    const chosen = form.closest("section").id;
    d.getElementById("documentos").outerHTML = await answer.text();
    prepare();
    // The field that the files were chosen in is another one now.
    const field = d.querySelector("#" + chosen + " input[type=file]");
    if (field && d.activeElement === d.body) field.focus();
  }

  const prepare = () => d.querySelectorAll("form[data-envio] button").forEach(button => button.hidden = true);
  d.addEventListener("change", e => {
    const form = e.target.closest("form[data-envio]");
    if (form && e.target.type === "file") sendAll(form, [...e.target.files]);
  });
  prepare();
})(document);
