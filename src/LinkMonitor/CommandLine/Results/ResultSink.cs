using System.Globalization;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Results;

/// <summary>
/// Takes results as they come: each is on disk when it was taken, and on the console as soon as all before it are there, too. Thread-safe.
/// Once closed it takes nothing more: a run that is stopped does not wait for the pages under way.
/// </summary>
/// <param name="console">Null when the results go to a file.</param>
internal sealed class ResultSink(ResultLog log, IResultFormat format, CheckTally tally, ProgressLine progress, TextWriter? console)
{
    private readonly Lock _lock = new();
    private int _next;
    private bool _isClosed;

    /// <summary>Results taken.</summary>
    public int Count { get; private set; }

    /// <param name="row">Which row of the file, from 0.</param>
    public bool Has(int row)
    {
        lock (_lock)
        {
            return log.Has(row);
        }
    }

    /// <param name="row">Which row of the file, from 0.</param>
    /// <param name="own">The cells of the user's own columns.</param>
    /// <exception cref="IOException">The result cannot be written.</exception>
    public void Add(int row, IReadOnlyList<string> own, CheckView check, Explanation? explanation)
    {
        var text = format.Write(check, own, explanation);
        lock (_lock)
        {
            if (_isClosed)
                return;
            log.Add(row, text);
            tally.Count(check.State, check.WasKnown);
            Count++;
            if (console is not null && row == _next)
                progress.Around(ShowReady);
        }
    }

    /// <summary>Ends the run: on the console comes what is there although something before it is missing.</summary>
    /// <param name="rows">Of the file, in all.</param>
    public void Close(int rows)
    {
        lock (_lock)
        {
            _isClosed = true;
            for (; console is not null && _next < rows; _next++)
            {
                if (log.Has(_next))
                    console.Write(log.Read(_next));
            }

            console?.Flush();
        }
    }

    private void ShowReady()
    {
        for (; log.Has(_next); _next++)
            console!.Write(log.Read(_next));
        console!.Flush();
    }
}

/// <summary>How many results of each state there are.</summary>
internal sealed class CheckTally
{
    private readonly int[] _counts = new int[Enum.GetValues<VerdictState>().Length];

    private int _neverKnown;

    public int Total => _counts.Sum();

    /// <summary>The worst of all.</summary>
    public int ExitCode { get; private set; } = ExitCodes.AsExpected;

    /// <param name="wasKnown">An earlier run has found the link.</param>
    public void Count(VerdictState state, bool wasKnown)
    {
        _counts[(int)state]++;
        if (state is VerdictState.Lost && !wasKnown)
            _neverKnown++;
        ExitCode = ExitCodes.Worse(ExitCode, ExitCodes.For(state));
    }

    /// <summary>The counts in a few words, for the bar.</summary>
    public string InShort() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Of(VerdictState.Live):N0} live, {Of(VerdictState.Changed):N0} changed, {Absent()}, {Of(VerdictState.Unknown):N0} could not "
            + $"tell");

    /// <param name="pages">How many pages the links are on; null when not all of them were checked.</param>
    public string Summary(int? pages, TimeSpan took)
    {
        var on = pages is { } count ? $" on {CountText.Of(count, "page")}" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"{CountText.Of(Total, "link")}{on}: {InShort()}; {took.TotalSeconds:N1} s.");
    }

    // Lost is only what an earlier run has found.
    private string Absent() => _neverKnown == Of(VerdictState.Lost)
        ? string.Create(CultureInfo.InvariantCulture, $"{_neverKnown:N0} not found")
        : string.Create(CultureInfo.InvariantCulture, $"{Of(VerdictState.Lost) - _neverKnown:N0} lost, {_neverKnown:N0} not found");

    private int Of(VerdictState state) => _counts[(int)state];
}

/// <summary>Shows how far a run is in the last line of a terminal; elsewhere it shows nothing.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const string Clear = "\r\u001b[K";
    private const int Width = 20;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly TextWriter _terminal;
    private readonly Func<string> _text;
    private readonly Lock _lock = new();
    private readonly ITimer? _timer;
    private bool _isShown;
    private bool _isDone;

    /// <param name="terminal">Standard error.</param>
    /// <param name="text">What is shown, asked for four times a second.</param>
    /// <param name="isTerminal">False to show nothing.</param>
    public ProgressLine(TextWriter terminal, Func<string> text, bool isTerminal, TimeProvider time)
    {
        (_terminal, _text) = (terminal, text);
        if (isTerminal)
            _timer = time.CreateTimer(_ => Draw(), null, Every, Every);
    }

    /// <summary>Whether standard error is a terminal that a line can be drawn anew on.</summary>
    public static bool IsPossible => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>How far a run is, at most as long as the terminal is wide.</summary>
    /// <param name="counts">What was found so far.</param>
    /// <param name="columns">Of the terminal.</param>
    /// <param name="unit">What is counted.</param>
    public static string Text(int done, int all, string counts, TimeSpan took, int columns, string unit = "page")
    {
        var share = all == 0 ? 1 : (double)done / all;
        var full = (int)(share * Width);
        var rest = done == 0 || done == all ? string.Empty : ", about " + Remaining(took * ((all - done) / (double)done)) + " left";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', full)}{new string('-', Width - full)}] {done:N0} of {CountText.Of(all, unit)}{rest}: {counts}");
        return text.Length < columns ? text : text[..Math.Max(columns - 1, 0)];
    }

    /// <summary>Writes to the console without tearing the line apart.</summary>
    public void Around(Action write)
    {
        lock (_lock)
        {
            Hide();
            write();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDone = true;
            Hide();
        }

        _timer?.Dispose();
    }

    private static string Remaining(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:N0} h"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:N0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N0} s"),
    };

    private void Draw()
    {
        lock (_lock)
        {
            if (_isDone)
                return;
            _terminal.Write(Clear + _text());
            _terminal.Flush();
            _isShown = true;
        }
    }

    private void Hide()
    {
        if (!_isShown)
            return;
        _terminal.Write(Clear);
        _terminal.Flush();
        _isShown = false;
    }
}
