using System.Reflection;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Hosting.Account;

namespace LinkMonitor.Hosting.Settings;

/// <summary>All settings of ours by their whole names.</summary>
internal sealed class KnownSettings
{
    private static readonly string[] StorageParts = [
        "accountName", "queueServiceUri", "tableServiceUri", "blobServiceUri", "clientId", "credential",
    ];

    private readonly Dictionary<string, PropertyInfo?> _settings = new(StringComparer.OrdinalIgnoreCase);

    public KnownSettings(IEnumerable<SettingsSection> sections)
    {
        foreach (var section in sections)
        {
            foreach (var property in section.Type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
                _settings[$"{section.Path}:{property.Name}"] = property;
        }

        // Read before there are services, so not by a settings class.
        _settings[StorageAccount.Setting] = null;
        foreach (var part in StorageParts)
            _settings[$"{StorageAccount.Setting}:{part}"] = null;
    }

    public IReadOnlyCollection<string> Names => _settings.Keys;

    public bool Has(string name) => _settings.ContainsKey(name);

    /// <summary>What a setting is bound to; null when it is none, or read by hand.</summary>
    public PropertyInfo? Find(string name) => _settings.GetValueOrDefault(name);

    /// <summary>The setting whose name is most like one that is none.</summary>
    public string Nearest(string name) => _settings.Keys.MinBy(known => Spelling.Distance(known, name))!;
}
