package io.github.hotplate.sample.visitor;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/visitors")
class VisitorController {

	private final VisitorSimulator simulator;

	VisitorController(VisitorSimulator simulator) {
		this.simulator = simulator;
	}

	@GetMapping
	VisitorStatistics statistics() {
		return this.simulator.statistics();
	}

	@PutMapping
	VisitorStatistics adjust(@Valid @RequestBody Rate rate) {
		this.simulator.setRate(rate.rate());
		return this.simulator.statistics();
	}

	record Rate(@Min(value = 0, message = "The rate must not be negative") @Max(value = VisitorSimulator.MAX_RATE,
			message = "The rate must not exceed {value} visits a second") int rate) {
	}

}
