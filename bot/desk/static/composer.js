// The reply box: Enter sends, drafts outlive a change of conversation, a lost connection and a reload of the page.
const DRAFT = "parley-desk-draft-";
const SENT = "parley-desk-sent-";
const join = (...parts) => parts.filter(Boolean).join("\n");

function store(key, text) {
  if (text) sessionStorage.setItem(key, text);
  else sessionStorage.removeItem(key);
}

export default {
  template: `
    <form class="desk-composer" @submit.prevent="send">
      <textarea ref="box" v-model="text" rows="2" dir="auto" :aria-label="label" :placeholder="placeholder"
        @keydown="pressed" @input="typed" @blur="still"></textarea>
      <div class="desk-composer-foot">
        <span class="desk-hint">{{ hint }}</span>
        <span v-if="text.length > limit * 0.9" class="desk-left" :class="{over: text.length > limit}">
          {{ text.length }} / {{ limit }}</span>
        <button type="submit" class="desk-button desk-primary" :disabled="!text.trim()">{{ sendLabel }}</button>
      </div>
    </form>`,
  props: { caseId: Number, label: String, placeholder: String, hint: String, sendLabel: String, limit: Number },
  emits: ["send", "typing", "step"],
  data: () => ({ text: "", outgoing: [], active: 0, timer: null }),
  mounted() {
    this.onKey = (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.$emit("step", { by });
    };
    document.addEventListener("keydown", this.onKey);
    this.restore();
  },
  unmounted() {
    document.removeEventListener("keydown", this.onKey);
    clearTimeout(this.timer);
  },
  watch: {
    caseId() {
      this.still();
      this.restore();
    },
    text() {
      this.$nextTick(this.fit);
    },
  },
  methods: {
    pressed(event) {
      // An input method uses Enter to choose a word; that Enter sends nothing.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.send();
    },
    send() {
      const text = this.text.trim();
      if (!text || !this.caseId) return;
      this.still();
      this.outgoing.push({ id: this.caseId, text });
      this.text = "";
      this.keep(this.caseId);
      this.$emit("send", { case: this.caseId, text });
    },
    // The server's word on what was sent: stored, or not, and then the text comes back.
    settled(id, text, stored) {
      const place = this.outgoing.findIndex((sent) => sent.id === id && sent.text === text);
      if (place >= 0) this.outgoing.splice(place, 1);
      if (!stored && id === this.caseId) this.text = join(text, this.text);
      else if (!stored) store(DRAFT + id, join(text, sessionStorage.getItem(DRAFT + id)));
      this.keep(id);
    },
    underWay(id) {
      return join(...this.outgoing.filter((sent) => sent.id === id).map((sent) => sent.text));
    },
    keep(id) {
      store(SENT + id, this.underWay(id));
      if (id === this.caseId) store(DRAFT + id, this.text);
    },
    restore() {
      const id = this.caseId;
      this.text = (id && sessionStorage.getItem(DRAFT + id)) || "";
      // What an earlier life of this page sent without hearing of it again is a draft once more.
      if (id && !this.underWay(id)) this.text = join(sessionStorage.getItem(SENT + id), this.text);
      if (id) this.keep(id);
      this.$nextTick(this.fit);
    },
    fit() {
      const box = this.$refs.box;
      if (!box) return;
      box.style.height = "auto";
      box.style.height = `${Math.min(box.scrollHeight + 2, 200)}px`;
    },
    focus() {
      this.$nextTick(() => this.$refs.box?.focus());
    },
    typed() {
      this.keep(this.caseId);
      clearTimeout(this.timer);
      if (!this.text.trim()) return this.still();
      this.timer = setTimeout(this.still, 4000);
      if (Date.now() - this.active < 3000) return;
      this.active = Date.now();
      this.$emit("typing", { active: true });
    },
    still() {
      clearTimeout(this.timer);
      if (!this.active) return;
      this.active = 0;
      this.$emit("typing", { active: false });
    },
  },
};
