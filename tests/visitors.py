"""Who visits the site in tests: what a browser says of itself is needed for a visit to count."""

#: Headers of somebody with a browser.
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
#: Headers of a crawler.
CRAWLER = {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
