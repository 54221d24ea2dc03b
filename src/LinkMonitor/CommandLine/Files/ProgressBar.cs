using Spectre.Console;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Shows how far a run is, on a terminal only; elsewhere it shows nothing.</summary>
internal static class ProgressBar
{
    /// <param name="work">Gets a function to call after each page.</param>
    public static async Task RunAsync(int pages, Func<Action, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(() => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await AnsiConsoleProgress(console).StartAsync(async context =>
        {
            var task = context.AddTask("pages", maxValue: pages);
            await work(() => task.Increment(1));
        });
    }

    private static Progress AnsiConsoleProgress(IAnsiConsole console) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn());
}
