-- Makes wrk end with one line that a program can read; wrk gives durations in microseconds.
done = function(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      "result messages=%d seconds=%.6f p50_us=%.2f p99_us=%.2f max_us=%.2f" ..
      " connect=%d read=%d write=%d timeout=%d status=%d\n",
      summary.requests, summary.duration / 1e6,
      latency:percentile(50), latency:percentile(99), latency.max,
      errors.connect, errors.read, errors.write, errors.timeout, errors.status))
end
