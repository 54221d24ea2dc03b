using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LinkMonitor.Testing.Telemetry;

/// <summary>A factory of meters that keeps what is measured with them.</summary>
internal sealed class Measured : IMeterFactory
{
    private readonly ConcurrentDictionary<string, Meter> _meters = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _values = new();
    private readonly ConcurrentQueue<Instrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope != this)
                return;
            _instruments.Enqueue(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public Meter Create(MeterOptions options) =>
        _meters.GetOrAdd(options.Name, name => new Meter(name, options.Version, options.Tags, scope: this));

    /// <summary>Each instrument once.</summary>
    public IReadOnlyList<Instrument> Instruments => [.. _instruments.DistinctBy(instrument => instrument.Name)];

    /// <summary>Asks the gauges.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <summary>The values of an instrument in order, each with its tags as <c>name=value</c>, by name.</summary>
    public IReadOnlyList<(double Value, string Tags)> Of(string instrument) =>
        [.. _values.Where(one => one.Instrument == instrument).Select(one => (one.Value, one.Tags))];

    public IReadOnlyList<string> TagsOf(string instrument) => [.. Of(instrument).Select(one => one.Tags)];

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters.Values)
            meter.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var written = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}");
        _values.Enqueue((instrument.Name, value, string.Join(' ', written)));
    }
}
