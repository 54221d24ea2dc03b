using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

    /// <summary>The setting whose name is most like one that is none; null when none is like it.</summary>
    public string? Nearest(string name) => Spelling.Nearest(name, _settings.Keys);
}

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
            yield return (
                setting,
                $"{setting} is not a setting."
                    + (known.Nearest(setting) is { } near ? $" Did you mean {near}?" : " docs/configuration.md has all of them."));
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

/// <summary>Finds values that cannot be read, and says what may be written: the binder only names a .NET type.</summary>
internal static class SettingValues
{
    private const int MostShown = 60;

    /// <summary>What is wrong, a line each, with the setting's name.</summary>
    public static IEnumerable<(string Name, string Told)> Failures(IConfiguration configuration, KnownSettings known)
    {
        foreach (var name in known.Names.Order(StringComparer.Ordinal))
        {
            if (known.Find(name) is { } property && configuration[name] is { Length: > 0 } value
                && Wrong(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, value, Range(property)) is { } wrong)
                yield return (name, $"{name} is '{(value.Length <= MostShown ? value : value[..MostShown] + "…")}'. {wrong}");
        }
    }

    private static RangeAttribute? Range(System.Reflection.PropertyInfo property) =>
        property.GetCustomAttributes(typeof(RangeAttribute), inherit: false).OfType<RangeAttribute>().FirstOrDefault();

    private static string? Wrong(Type type, string value, RangeAttribute? range)
    {
        var allowed = range is null
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $", from {range.Minimum} to {range.Maximum}");
        if (type == typeof(TimeSpan))
            return WrongDuration(value, range, allowed);
        if (type == typeof(int) || type == typeof(long))
            return long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) && IsIn(whole, range)
                ? null : $"Use a whole number{allowed}.";
        if (type == typeof(double))
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && IsIn(number, range)
                ? null : $"Use a number such as 0.5{allowed}.";
        if (type == typeof(bool))
            return bool.TryParse(value, out _) ? null : "Use true or false.";
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"Use one of {string.Join(", ", Enum.GetNames(type))}.";
        return type == typeof(Uri) && !Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _) ? "Use an address such as "
            + "https://example.org." : null;
    }

    private static string? WrongDuration(string value, RangeAttribute? range, string allowed)
    {
        if (!TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var duration))
            return $"Write a duration as [days.]hours:minutes:seconds, for example 00:05:00 for five minutes{allowed}.";
        if (range is null || IsIn(duration, range))
            return null;
        var days = value.All(char.IsAsciiDigit) ? " A number alone means days." : string.Empty;
        return $"Write a duration as [days.]hours:minutes:seconds{allowed}.{days}";
    }

    private static bool IsIn(double value, RangeAttribute? range) => range is null
        || (value >= Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture)
            && value <= Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));

    private static bool IsIn(TimeSpan value, RangeAttribute range)
    {
        var converter = TypeDescriptor.GetConverter(typeof(TimeSpan));
        return value >= (TimeSpan)converter.ConvertFromInvariantString((string)range.Minimum)!
            && value <= (TimeSpan)converter.ConvertFromInvariantString((string)range.Maximum)!;
    }
}
