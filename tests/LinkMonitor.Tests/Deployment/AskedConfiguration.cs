using Microsoft.Extensions.Configuration;

namespace LinkMonitor.Tests.Deployment;

/// <summary>A configuration that remembers what it was asked for.</summary>
internal sealed class AskedConfiguration(IReadOnlyDictionary<string, string?> values) : ConfigurationProvider, IConfigurationSource
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    public bool WasAskedFor(string key) => _asked.Contains(key);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() => Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);

    public override bool TryGet(string key, out string? value)
    {
        _asked.Add(key);
        return base.TryGet(key, out value);
    }
}
