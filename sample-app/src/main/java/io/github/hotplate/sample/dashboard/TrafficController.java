package io.github.hotplate.sample.dashboard;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TrafficController {

	private final TrafficHistory history;

	TrafficController(TrafficHistory history) {
		this.history = history;
	}

	@GetMapping("/api/traffic")
	Traffic traffic(@RequestParam(defaultValue = "0") long after) {
		return this.history.since(after);
	}

}
