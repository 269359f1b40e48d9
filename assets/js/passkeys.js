// Passkeys: asks the device, then sends its answer with the form. Without script, or on a device that knows no
// passkeys, what belongs to them stays hidden and a code does the same.
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const named = (credentials) => (credentials || []).map((each) => ({ ...each, id: bytes(each.id) }));

  function told(credential) {
    const answer = credential.response;
    const response = { clientDataJSON: text(answer.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (answer[name]) response[name] = text(answer[name]);
    }
    if (answer.getTransports) response.transports = answer.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  }

  function ask(options) {
    const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (asked.user) {
      asked.user = { ...asked.user, id: bytes(asked.user.id) };
      asked.excludeCredentials = named(asked.excludeCredentials);
      return navigator.credentials.create({ publicKey: asked });
    }
    asked.allowCredentials = named(asked.allowCredentials);
    return navigator.credentials.get({ publicKey: asked });
  }

  async function options(form) {
    const written = document.getElementById("passkey-options");
    if (written) return JSON.parse(written.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
    return (await answer.json()).request_options;
  }

  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = false;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-failed]");
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(told(await ask(await options(form))));
        form.submit();
      } catch (reason) {
        // Whoever closed the question of their device may press again, or use a code.
        failed.hidden = false;
      }
    });
  }
})();
