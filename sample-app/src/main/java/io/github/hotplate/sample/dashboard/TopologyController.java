package io.github.hotplate.sample.dashboard;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TopologyController {

	private final TopologyMonitor monitor;

	TopologyController(TopologyMonitor monitor) {
		this.monitor = monitor;
	}

	@GetMapping("/api/topology")
	TopologyView topology() {
		return this.monitor.view();
	}

}
