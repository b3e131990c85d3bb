// Stream: a policy is sent as soon as its levers rest, and news of it comes run by run.

const REST = 150, AGAIN = 2500;
const pageNumber = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
let turn = 0, resting = null, news = null, sending = Promise.resolve();

function moved() {
  writeAddress();
  say("moved");
  after(REST);
}

function after(wait) {
  const mine = ++turn;
  clearTimeout(resting);
  resting = setTimeout(() => { sending = sending.then(() => (mine === turn ? send(mine) : null)); }, wait);
}

async function send(mine) {
  if (news) news.close();
  let answer = null, text = "";
  try {
    answer = await fetch("trials", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ start, levers, page: pageNumber }) });
    text = await answer.text();
  } catch (error) {
    say("closed");
    if (mine === turn) after(AGAIN);
    return;
  }
  if (mine !== turn) return;
  if (answer.status === 503) {
    say("busy");
    after(AGAIN);
  } else if (!answer.ok) {
    say("fault", { fault: text.trim() });
  } else listen(JSON.parse(text).trial, mine);
}

function listen(trial, mine) {
  document.getElementById("save").href = `trials/${trial}/scenario.toml`;
  news = new EventSource(`trials/${trial}/news`);
  const own = news;
  own.onmessage = ({ data }) => {
    if (mine !== turn) return own.close();
    const told = JSON.parse(data);
    if (told.state !== "waiting") own.close();
    if (told.fault) say("fault", { fault: told.fault });
    else if (told.state === "cancelled") say("cancelled");
    else say(told.state === "done" ? "done" : "running", { n: told.runs, of: told.of });
    if (told.courses) take(told);
  };
  own.onerror = () => {
    own.close();
    if (mine === turn) { say("closed"); after(AGAIN); }
  };
}

// What it is doing, in words and as a bar; figures of the policy before are pale.
function say(key, values = {}) {
  const page = document.getElementById("page");
  page.dataset.state = key;
  page.classList.toggle("stale", !(key === "done" || (key === "running" && values.n > 0)));
  document.getElementById("status").textContent = t(`status.${key}`, values);
  const bar = document.getElementById("bar");
  bar.max = values.of || all.replications;
  bar.value = values.n || 0;
}
