using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// What Chromium answered about the parity pages, kept in a file, a line a page, so that a test run needs no browser. An answer belongs to
/// the page's bytes and to the question: of a page that has changed since there is none.
/// </summary>
public sealed class KeptAnswers
{
    /// <summary>Set to 1, all pages are asked again and the file is written.</summary>
    public const string AskAgain = "LINKMONITOR_ASK_CHROMIUM";

    // The port of the web that serves the pages is another one in every run.
    private const string Host = "{host}";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _question;
    private readonly SortedDictionary<string, KeptAnswer> _byName = new(StringComparer.Ordinal);

    /// <param name="question">All that an answer depends on beside the page.</param>
    /// <param name="lines">As <see cref="Lines"/> gave them.</param>
    public KeptAnswers(string question, IEnumerable<string> lines)
    {
        _question = question;
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var kept = JsonSerializer.Deserialize<KeptAnswer>(line, Json)!;
            _byName.Add(kept.Name, kept);
        }
    }

    public IEnumerable<string> Lines => _byName.Values.Select(kept => JsonSerializer.Serialize(kept, Json));

    /// <param name="host">Where the pages are served in this run, for example <c>127.0.0.1:40001</c>.</param>
    /// <exception cref="InvalidOperationException">The page was not asked about as it is now; the message says how to do that.</exception>
    public BrowserPage Find(ParityPage page, string host) =>
        _byName.TryGetValue(page.Name, out var kept) && kept.Key == KeyOf(page)
            ? BrowserPage.Parse(kept.Answer.GetRawText().Replace(Host, host, StringComparison.Ordinal))
            : throw new InvalidOperationException(
                $"Chromium was not asked about {page.Name} as it is now. Run the parity tests once with {AskAgain}=1, which needs "
                    + "Chromium, and read what has changed in Reading/Answers/chromium.jsonl.");

    /// <param name="answer">JSON, see BrowserLinks.js.</param>
    public void Keep(ParityPage page, string host, string answer)
    {
        var whole = JsonDocument.Parse(answer.Replace(host, Host, StringComparison.Ordinal)).RootElement;
        _byName[page.Name] = new KeptAnswer(page.Name, KeyOf(page), whole);
    }

    private string KeyOf(ParityPage page) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{_question}\n{page.ContentType}\n"), .. page.Body]))[..16];

    /// <summary>One line of the file.</summary>
    private sealed record KeptAnswer(string Name, string Key, JsonElement Answer);
}
