using LinkMonitor.Engine.Naming;
using LinkMonitor.Hosting.Account;

namespace LinkMonitor.Hosting.Settings;

/// <summary>
/// Finds settings that nobody reads, because their names are misspelt: the configuration takes any name, and what was set would just not
/// count. Of names outside our section only those are reported that can be meant for nothing else; the environment is full of others'.
/// </summary>
internal static class SettingNames
{
    private const string Root = "LinkMonitor";

    /// <summary>What is wrong, a line each, with the name as it was set.</summary>
    public static IEnumerable<(string Name, string Told)> Failures(IConfiguration configuration, KnownSettings known)
    {
        foreach (var setting in Leaves(configuration.GetSection(Root)).Where(setting => !IsKnown(setting, known)))
            yield return (setting, $"{setting} is not a setting. Did you mean {known.Nearest(setting)}?");
        foreach (var section in configuration.GetChildren().Where(section => !section.Key.Equals(Root, StringComparison.OrdinalIgnoreCase)))
        {
            if (Misspelt(section, known) is { } meant)
                yield return (section.Key, $"{section.Key} is not a setting. Did you mean {meant}?");
        }
    }

    private static bool IsKnown(string setting, KnownSettings known) => known.Has(setting)

        // A value that is a list or a map has parts of its own.
        || known.Find(Parent(setting)) is { } property
            && property.PropertyType != typeof(string)
            && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable));

    private static string Parent(string setting) => setting[..setting.LastIndexOf(':')];

    private static IEnumerable<string> Leaves(IConfigurationSection section)
    {
        var isEmpty = true;
        foreach (var child in section.GetChildren())
        {
            isEmpty = false;
            foreach (var leaf in Leaves(child))
                yield return leaf;
        }

        if (section.Value is not null && (isEmpty || section.Path.Contains(':', StringComparison.Ordinal)) && section.Path != Root)
            yield return section.Path;
    }

    private static string? Misspelt(IConfigurationSection section, KnownSettings known)
    {
        // One underscore in the place of two.
        var path = section.Key.Replace('_', ':');
        if (section.Value is not null && known.Has(path))
            return known.Names
                .First(name => name.Equals(path, StringComparison.OrdinalIgnoreCase))
                .Replace(":", "__", StringComparison.Ordinal);
        if (IsNearly(section.Key, StorageAccount.HostSetting))
            return StorageAccount.HostSetting;
        return section.Value is null && IsNearly(section.Key, Root)
            ? known.Nearest(Root + Leaves(section).First()[section.Key.Length..])
            : null;
    }

    private static bool IsNearly(string key, string name) =>
        !key.Equals(name, StringComparison.OrdinalIgnoreCase)
            && Math.Abs(key.Length - name.Length) <= 2
            && Spelling.Distance(key, name) <= 2;
}
