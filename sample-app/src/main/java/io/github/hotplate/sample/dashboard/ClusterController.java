package io.github.hotplate.sample.dashboard;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ClusterController {

	private final ClusterWatch watch;

	ClusterController(ClusterWatch watch) {
		this.watch = watch;
	}

	@GetMapping("/api/cluster")
	ClusterView cluster() {
		return this.watch.view();
	}

}
