using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>The form with which somebody says how a file is to be read.</summary>
internal static class ImportForm
{
    private const string Roles = "role.";

    /// <summary>The fields below the columns.</summary>
    public static IReadOnlyList<Field> Fields(FormErrors errors, ImportChoices choices, ImportRun run, ImportSurvey survey)
    {
        var fields = new List<Field>();
        if (survey.Problem?.Asks == WantedWord.Target || choices.Target is not null)
            fields.Add(errors.Field(
                "target", "Where should all links point?", choices.Target ?? "",
                "The file does not say it. Your site or one page of it.") with
            {
                Type = "url",
            });
        if (survey.Problem?.Asks == WantedWord.Encoding || choices.Encoding is not null)
            fields.Add(errors.Field("encoding", "Encoding of the file", choices.Encoding ?? "", "For example windows-1250."));
        if (survey.File is { Tables: [_, _, ..] } || choices.Sheet is not null)
            fields.Add(
                errors.Field(
                    "sheet", "Only this sheet", choices.Sheet ?? "", "Empty: all that list links, each with its name as a type or a tag."));
        fields.Add(errors.Field("match", "The target is compared", choices.Match ?? "page") with
        {
            Type = "select",
            Choices =
                [("page", "as a page"), ("exact", "exactly, with its fragment"), ("prefix", "by its beginning"), ("host", "by its host")],
        });
        fields.Add(errors.Field("tags", "Tags for all links", ExportedFile.Join(choices.Tags), "With commas between them."));
        fields.Add(
            errors.Field("vendor", "Tool that wrote it", choices.Vendor ?? survey.Vendor ?? "", "Its figures are kept under this name."));
        if (run.Name.StartsWith("http", StringComparison.Ordinal))
            fields.Add(errors.Field("every", "Keep in step with it", "", "What is new in it is added; nothing is removed.") with
            {
                Type = "select",
                Choices = [("", "no, only this once"), ("1", "ask every hour"), ("24", "ask every day"), ("168", "ask every week")],
            });
        return fields;
    }

    /// <summary>What is missing, and where on this page it is said: what is right for a file and its header is no way on here.</summary>
    /// <param name="file">Null when it cannot be read at all.</param>
    public static string Asked(UnreadableFileException problem, FileOfLinks? file) => (problem.Asks, file) switch
    {
        (WantedWord.Columns, { Tables: [{ Columns: { Certainty: Certainty.Doubtful, Why: var why } }] }) =>
            $"It is not certain which column is the page and which the target. {why} Choose the columns below, then look again.",
        (WantedWord.Columns, { Tables: [_, _, ..] }) =>
            "In one of the sheets it is not certain which column is the page and which the target. Name that sheet below, look again, "
                + "and choose its columns; or correct its header in the file.",
        (WantedWord.Target, { Tables: [_] }) =>
            "No column says where the links should point. Say it below, or choose the column that does; then look again.",
        (WantedWord.Target, _) => "No column says where the links should point. Say it below, then look again.",
        _ => problem.Message,
    };

    /// <summary>
    /// The choices of a form; of the columns only what differs from the guess, and everything where the guess is a doubt.
    /// </summary>
    public static ImportChoices Read(IFormCollection form, SpooledFile file, FieldErrors errors, CancellationToken cancellationToken)
    {
        var choices = ImportChoicesReader.Read(new ImportQuery
        {
            Target = form.Text("target"),
            Match = form.Text("match") is "page" ? null : form.Text("match"),
            Encoding = form.Text("encoding"),
            Sheet = form.Text("sheet"),
            Tags = form.Text("tags"),
            Type = form.Text("type"),
            Vendor = form.Text("vendor"),
            WithLost = form.ContainsKey("withLost"),
        }, errors);
        return errors.Any ? choices : choices with { Columns = Columns(form, file, choices, errors, cancellationToken) };
    }

    /// <summary>Whether the file's address is polled from now on, and how often. Of what is no number of hours it says so.</summary>
    public static bool IsPolled(IFormCollection form, FieldErrors errors, out int hours)
    {
        var text = form.Text("every");
        var isPolled = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hours);
        if (!isPolled && text.Length > 0)
            errors.Add("every", $"It must be a whole number of hours; this is the text '{FieldErrors.Cut(text)}'.");
        return isPolled;
    }

    private static Dictionary<string, ColumnRole> Columns(
        IFormCollection form, SpooledFile file, ImportChoices choices, FieldErrors errors, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, ColumnRole>();
        if (Guess(file, choices, cancellationToken) is not { } guess)
            return columns;
        for (var at = 0; at < guess.Header.Count; at++)
        {
            var number = (at + 1).ToString(CultureInfo.InvariantCulture);
            var text = form.Text(Roles + number);
            if (text.Length > 0 && errors.ReadName<ColumnRole>(Roles + number, text) is { } role
                && (role != guess.Roles[at] || (guess.Certainty == Certainty.Doubtful && role is ColumnRole.Page or ColumnRole.Target)))
                columns[number] = role;
        }

        return columns;
    }

    private static LinkColumns? Guess(SpooledFile file, ImportChoices choices, CancellationToken cancellationToken)
    {
        try
        {
            return FileOfLinks.Open(
                file.Info, (choices with { Columns = new Dictionary<string, ColumnRole>() }).ToDefaults(), cancellationToken)
                .Tables is [var only] ? only.Columns : null;
        }
        catch (UnreadableFileException)
        {
            // The page says why.
            return null;
        }
    }
}
