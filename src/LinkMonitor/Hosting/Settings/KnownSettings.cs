using System.Reflection;
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

/// <summary>How alike two names are.</summary>
internal static class Spelling
{
    // Longer than any name of ours; what somebody sets may be of any length, and the effort grows with the product.
    private const int Longest = 200;

    /// <summary>Letters to insert, remove or replace to get from one to the other (Levenshtein), without case.</summary>
    public static int Distance(string one, string other)
    {
        var (from, to) = (Short(one), Short(other));
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static string Short(string name) => (name.Length <= Longest ? name : name[..Longest]).ToUpperInvariant();
}
