(function () {
  "use strict";
  var by = function (id) { return document.getElementById(id); };
  var form = by("form");
  if (!form || !window.FormData || !window.XMLHttpRequest || !form.addEventListener) { return; }
  var words = function (name) { return form.getAttribute("data-" + name); };
  var most = Number(words("most"));
  var mostSent = Number(words("most-sent"));
  // Longer than any upload that still comes to its end: a phone that sleeps loses its connection unheard.
  var patience = 100000;
  var sides = [2600, 2100, 1700, 1300, 1000];
  var qualities = [0.85, 0.75, 0.65, 0.55];

  function show(id, text) { var at = by(id); at.textContent = text; at.hidden = text === ""; }

  function fail(text, isOver) {
    by("send").disabled = false;
    by("progress").hidden = true;
    show("doing", "");
    show("trouble", text);
    form.hidden = isOver;
    by("trouble").scrollIntoView();
  }

  function done() {
    form.hidden = true;
    by("progress").hidden = true;
    show("doing", "");
    show("next", words("sent-next"));
    by("heading").textContent = words("sent");
    by("heading").focus();
  }

  function send(file, name) {
    var data = new FormData();
    data.append("file", file, name);
    var call = new XMLHttpRequest();
    call.open("POST", window.location.pathname);
    call.setRequestHeader("Accept", "text/plain");
    if (call.upload) {
      call.upload.onprogress = function (event) {
        if (event.lengthComputable) { by("progress").value = 100 * event.loaded / event.total; }
      };
    }
    call.onload = function () {
      if (call.status === 200) { return done(); }
      fail(call.responseText || words("broken"), call.status === 403 || call.status === 404 || call.status === 410);
    };
    call.timeout = patience;
    call.onerror = call.ontimeout = call.onabort = function () { fail(words("broken"), false); };
    show("doing", words("sending"));
    by("progress").hidden = false;
    call.send(data);
  }

  function blobOf(canvas, quality, take) {
    if (canvas.toBlob) { return canvas.toBlob(take, "image/jpeg", quality); }
    var text = atob(canvas.toDataURL("image/jpeg", quality).split(",")[1]);
    var bytes = new Uint8Array(text.length);
    for (var at = 0; at < text.length; at += 1) { bytes[at] = text.charCodeAt(at); }
    take(new Blob([bytes], { type: "image/jpeg" }));
  }

  // Browsers that don't want to be recognised read noise from a canvas, or nothing at all.
  function isCanvasTrue() {
    var canvas = document.createElement("canvas");
    var side = canvas.width = canvas.height = 16;
    var brush = canvas.getContext("2d");
    var colour = function (at) { return [at % side * 16, Math.floor(at / side) * 16, 128, 255]; };
    try {
      for (var at = 0; at < side * side; at += 1) {
        brush.fillStyle = "rgb(" + colour(at).slice(0, 3).join() + ")";
        brush.fillRect(at % side, Math.floor(at / side), 1, 1);
      }
      var seen = brush.getImageData(0, 0, side, side).data;
      for (var place = 0; place < seen.length; place += 1) {
        if (seen[place] !== colour(Math.floor(place / 4))[place % 4]) { return false; }
      }
      return true;
    } catch (error) { return false; }
  }

  // As it is: the terminal makes it smaller, or says why it can't.
  function sendOriginal(file) {
    if (file.size > mostSent) { return fail(words("unscaled"), false); }
    send(file, file.name);
  }

  function scaleDown(file) {
    if (!isCanvasTrue()) { return sendOriginal(file); }
    var urls = window.URL || window.webkitURL;
    var picture = new Image();
    var address = urls.createObjectURL(file);
    var name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
    picture.onerror = function () { urls.revokeObjectURL(address); sendOriginal(file); };
    picture.onload = function () {
      urls.revokeObjectURL(address);
      var canvas = document.createElement("canvas");
      var step = 0;
      var attempt = function () {
        if (step === sides.length * qualities.length) { return sendOriginal(file); }
        var side = sides[Math.floor(step / qualities.length)];
        var quality = qualities[step % qualities.length];
        var ratio = Math.min(1, side / Math.max(picture.width, picture.height));
        if (step % qualities.length === 0) {
          canvas.width = Math.max(1, Math.round(picture.width * ratio));
          canvas.height = Math.max(1, Math.round(picture.height * ratio));
          var brush = canvas.getContext("2d");
          brush.fillStyle = "#fff";
          brush.fillRect(0, 0, canvas.width, canvas.height);
          brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
        }
        step += 1;
        blobOf(canvas, quality, function (blob) {
          if (blob && blob.size <= most) { send(blob, name); } else { attempt(); }
        });
      };
      attempt();
    };
    show("doing", words("scaling"));
    picture.src = address;
  }

  form.addEventListener("submit", function (event) {
    var file = by("file").files && by("file").files[0];
    if (!file) { return; }
    event.preventDefault();
    show("trouble", "");
    by("send").disabled = true;
    // What is no jpg or png, or has no name as such, becomes one: terminals take no other images.
    var isImage = /^image\//.test(file.type);
    var isPlain = /^image\/(jpeg|png)$/.test(file.type) && /\.(jpe?g|png)$/i.test(file.name);
    if (isImage && (file.size > most || !isPlain)) { scaleDown(file); } else { send(file, file.name); }
  });
}());
