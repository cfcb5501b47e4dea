// Passes on the alerts of monitors that can only post their own payload: to GitHub
// (repository_dispatch) or GitLab (a pipeline trigger), where a job gives them to allclear
// ingest. It runs as a Cloudflare Worker; docs/monitoring.md describes its variables.
export default {
  async fetch(request, env) {
    const body = await request.text();
    const key = new URL(request.url).pathname.slice(1);
    if (request.method !== "POST" || body.length > 60000 || !(await same(key, env.KEY))) return new Response("not found", { status: 404 });
    let alert;
    try { alert = JSON.parse(body); } catch { alert = Object.fromEntries(new URLSearchParams(body)); } // StatusCake sends a form
    if (alert.Type === "SubscriptionConfirmation") console.log("to confirm the subscription, open", alert.SubscribeURL);
    const answer = await fetch(env.DISPATCH, {
      method: "POST",
      headers: {
        "Content-Type": "application/json", Accept: "application/vnd.github+json", "User-Agent": "allclear-relay",
        ...(env.TOKEN && { Authorization: `Bearer ${env.TOKEN}` }),
      },
      body: JSON.stringify({ event_type: "alert", client_payload: { alert } }),
    });
    return new Response(answer.ok ? "passed on" : `the host answers ${answer.status}`, { status: answer.ok ? 202 : 502 });
  },
};

// same compares two texts; how long it takes says nothing about how much of them is equal.
async function same(a, b) {
  const hash = async (text) => String(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
  return Boolean(b) && (await hash(a)) === (await hash(b));
}
