// (c) 2001 J. Kessler - getestet mit Netscape 4.7 und Internet Explorer 5
function holen() {
  if (window.XMLHttpRequest) return new XMLHttpRequest();
  return new ActiveXObject("Microsoft.XMLHTTP");
}
function lager(nr) {
  var x = holen();
  x.onreadystatechange = function () {
    if (x.readyState == 4 && x.status == 200) {
      var a = eval("(" + x.responseText + ")");
      document.getElementById("lager").innerHTML = "<b>noch " + a.bestand + " Stück, Lieferzeit " + a.lieferzeit + "</b>";
    }
  };
  x.open("GET", "/lager.php?nr=" + nr, true);
  x.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  x.send(null);
}
function zeige(knopf, feld) {
  var f = document.getElementById(feld);
  var offen = f.type == "text";
  f.type = offen ? "password" : "text";
  knopf.value = offen ? knopf.value.replace("verbergen", "anzeigen") : knopf.value.replace("anzeigen", "verbergen");
  f.dispatchEvent(new Event("input", { bubbles: true }));
}
function pruefe(f) {
  var h = document.getElementById("pwhinweis");
  h.style.color = "#CC0000";
  h.firstChild ? (h.firstChild.nodeValue = "") : h.appendChild(document.createTextNode(""));
  if (f.value.length < 16) h.firstChild.nodeValue = "Das Kennwort \"" + f.value + "\" ist recht kurz.";
}
function vorschau(f) {
  var v = document.getElementById("vorschau");
  while (v.firstChild) v.removeChild(v.firstChild);
  v.appendChild(document.createTextNode(f.value));
  v.setAttribute("data-karte", f.value);
}
