package io.github.hotplate.sample.dashboard;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKeyTracker;

/**
 * Shows what the tracker knows, and lets the page choose how much it looks at.
 */
@RestController
@RequestMapping("/api/hot-keys")
class HotKeyController {

	// A map of the slots wants them all, where the actuator's endpoint lists the hottest.
	private static final int SLOTS = 16_384;

	private final HotKeyTracker tracker;

	HotKeyController(HotKeyTracker tracker) {
		this.tracker = tracker;
	}

	@GetMapping
	HotKeyView hotKeys() {
		return HotKeyView.of(this.tracker.report(SLOTS));
	}

	@PutMapping("/rates")
	SampleRates adjust(@Valid @RequestBody Rates rates) {
		this.tracker.sampleRates(new SampleRates(rates.reads(), rates.writes()));
		return this.tracker.sampleRates();
	}

	record Rates(@DecimalMin(value = "0", message = RANGE) @DecimalMax(value = "1", message = RANGE) double reads,
			@DecimalMin(value = "0", message = RANGE) @DecimalMax(value = "1", message = RANGE) double writes) {

		private static final String RANGE = "A sample rate must be from 0 to 1";

	}

}
