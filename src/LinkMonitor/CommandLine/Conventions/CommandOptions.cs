using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LinkMonitor.Engine.Checking;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>Options that several commands share, and ways to read their values with clear errors.</summary>
internal static class CommandOptions
{
    public static Option<bool> AllowPrivateNetworks() => new("--allow-private-networks")
    {
        Description = "Allow requests to addresses that are not public, and to any port. For tests and intranets.",
    };

    public static Option<bool> Json() =>
        new("--json") { Description = "Write JSON instead of text; docs/command-line.md names its fields." };

    /// <summary>A duration such as <c>500ms</c>, <c>1.5s</c>, <c>2m</c> or <c>0</c>.</summary>
    public static TimeSpan ReadDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (TryReadDuration(text, out var duration))
            return duration;
        result.AddError($"'{text}' is not a duration. Use for example 500ms, 1s, 2m or 0; at most 1h.");
        return default;
    }

    /// <summary>A whole number in a range.</summary>
    public static Func<ArgumentResult, int> ReadNumber(string name, int min, int max) => result =>
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        result.AddError($"'{text}' is not a valid value for {name}. Give a whole number from {min} to {max}.");
        return min;
    };

    private static bool TryReadDuration(string text, out TimeSpan duration)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        duration = default;
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        double? seconds = text[digits..] switch
        {
            "ms" => number / 1000,
            "s" => number,
            "m" => number * 60,
            "h" => number * 3600,
            "" when number == 0 => 0,
            _ => null,
        };
        duration = TimeSpan.FromSeconds(Math.Min(seconds ?? 0, 1e6));
        return seconds is not null && duration <= TimeSpan.FromHours(1);
    }
}

/// <summary>The options of commands that read pages.</summary>
internal sealed class WebAccessOptions
{
    private readonly Option<bool> _ignoreRobots = new("--ignore-robots")
    {
        Description = "Read pages even where robots.txt forbids it. Only for pages you own.",
    };

    private readonly Option<bool> _allowPrivateNetworks = CommandOptions.AllowPrivateNetworks();

    private readonly Option<string> _controlUrls = new("--control-urls")
    {
        Description = "Fetched when a site gives no answer: if none of these does either, our own network is at fault, and the state is "
            + "unknown. URLs separated by spaces; \"\" for none, for example in an intranet.",
        HelpName = "URLS",
        DefaultValueFactory = _ => ControlAddresses.Default,
    };

    public WebAccessOptions() => _controlUrls.Validators.Add(result =>
    {
        foreach (var wrong in ControlAddresses.Wrong(result.GetValueOrDefault<string>()))
            result.AddError(wrong);
    });

    public IEnumerable<Option> All => [_ignoreRobots, _allowPrivateNetworks, _controlUrls];

    public WebAccess Read(ParseResult parsed) => new(
        parsed.GetValue(_allowPrivateNetworks), parsed.GetValue(_ignoreRobots), ControlAddresses.Read(parsed.GetValue(_controlUrls)!));
}
