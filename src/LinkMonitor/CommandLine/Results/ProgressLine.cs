using System.Globalization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Results;

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
