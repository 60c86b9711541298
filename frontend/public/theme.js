// Before the first paint, so that a chosen theme does not flash.
(function () {
	try {
		var theme = JSON.parse(localStorage.getItem("bursar.prefs") || "{}").theme;
		if (theme === "light" || theme === "dark")
			document.documentElement.dataset.theme = theme;
	} catch (e) {
		document.documentElement.removeAttribute("data-theme");
	}
})();
