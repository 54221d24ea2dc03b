using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

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
    public static TimeSpan? ReadDuration(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (TryReadDuration(text, out var duration))
            return duration;
        result.AddError($"'{text}' is not a duration. Use for example 500ms, 1s, 2m or 0; at most 1h.");
        return null;
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

    /// <summary>An option whose value must be right: what is wrong with it is told with all else that is wrong.</summary>
    /// <param name="wrong">What is wrong with a value; null for nothing.</param>
    public static Option<T> Checked<T>(this Option<T> option, Func<string, string?> wrong)
    {
        option.Validators.Add(result => Check(result.Tokens, wrong, result.AddError));
        return option;
    }

    /// <inheritdoc cref="Checked{T}(Option{T}, Func{string, string})"/>
    public static Argument<T> Checked<T>(this Argument<T> argument, Func<string, string?> wrong)
    {
        argument.Validators.Add(result => Check(result.Tokens, wrong, result.AddError));
        return argument;
    }

    private static void Check(IEnumerable<Token> tokens, Func<string, string?> wrong, Action<string> tell)
    {
        foreach (var error in tokens.Select(token => wrong(token.Value)).OfType<string>())
            tell(error);
    }

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

/// <summary>Reads values of a call that may be wrong elsewhere.</summary>
internal static class ParsedValues
{
    /// <summary>The value of an option; the type's default when it was not given, or not rightly.</summary>
    public static T? Valid<T>(this ParseResult parsed, Option<T> option) =>
        parsed.GetResult(option) is { } result && !result.Errors.Any() ? parsed.GetValue(option) : default;

    /// <inheritdoc cref="Valid{T}(ParseResult, Option{T})"/>
    public static T? Valid<T>(this ParseResult parsed, Argument<T> argument) =>
        parsed.GetResult(argument) is { Tokens.Count: > 0 } result && !result.Errors.Any() ? parsed.GetValue(argument) : default;

    /// <summary>Whether the user has given it, rightly or not.</summary>
    public static bool Gives(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <inheritdoc cref="Gives(ParseResult, Option)"/>
    public static bool Gives(this ParseResult parsed, Argument argument) => parsed.GetResult(argument) is { Tokens.Count: > 0 };
}

/// <summary>What one command checks pages with.</summary>
internal sealed class CommandChecks : IDisposable
{
    // No second check comes after an outage, so that the answer may not be old; nor are the control addresses asked for every link.
    private static readonly TimeSpan ControlEvery = TimeSpan.FromSeconds(5);

    private readonly PageFetcher _fetcher;
    private readonly ControlProbe _controls;

    public CommandChecks(WebAccess access, HostPacing pacing, TimeProvider time)
    {
        _fetcher = new PageFetcher(new FetchOptions { AllowPrivateNetworks = access.AllowPrivateNetworks }, null, time);
        _controls = new ControlProbe(_fetcher, access.Controls, ControlEvery, time);
        var pacer = new HostPacer(pacing, time);
        Observer = new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, time), _controls);
        Pages = new RelatedPages(Observer);
        Links = new LinkChecker(new TargetObserver(Observer, time), time);
    }

    public PageObserver Observer { get; }

    public RelatedPages Pages { get; }

    public LinkChecker Links { get; }

    public void Dispose()
    {
        _controls.Dispose();
        _fetcher.Dispose();
    }
}

/// <summary>How a command reaches the web.</summary>
/// <param name="Controls">Asked whether our own network is well; none to ask nobody.</param>
internal sealed record WebAccess(bool AllowPrivateNetworks, bool IgnoreRobots, IReadOnlyList<WebUrl> Controls);
