const EMAIL = /^[\w.+-]{1,64}@[a-z0-9.-]{1,255}\.[a-z]{2,10}$/i;
const LIST = /^\w+(?:,\w+)*$/;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

module.exports = { EMAIL, LIST, QUOTED };
