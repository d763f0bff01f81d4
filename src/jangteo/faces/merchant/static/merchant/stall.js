// The stall's phone: live slips, the ring, the number pad. Every page works without any of it.

import "../js/live.js";
import "./turn.js";
import "./ring.js";
import "./keys.js";
import "./alive.js";
import "./pad.js";
import "./paper.js";
import "../js/amount.js";
import "./time_ring.js";
import "./app.js";
import "./waking.js";
import "./new_good.js";
import "./photo/photo_form.js";
import "./sheet.js";
