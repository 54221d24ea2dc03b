namespace LinkMonitor.Engine.Reasons;

/// <summary>Addresses that several reasons have in their sources.</summary>
internal static class Sources
{
    public const string Google = "https://developers.google.com/search/docs/";
    public const string Crawling = "https://developers.google.com/crawling/docs/";
    public const string Statuses = Crawling + "troubleshooting/http-status-codes";
    public const string Crawlable = Google + "crawling-indexing/links-crawlable";
    public const string SoftErrors = Google + "crawling-indexing/troubleshoot-crawling-errors#soft-404-errors";
    public const string Scripts = Google + "crawling-indexing/javascript/javascript-seo-basics";
}
